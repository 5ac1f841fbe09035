import { trustedHeaderProxy } from '@trusted-header/nextjs';

/** Every path is for signed-in people, but the public page. */
export const proxy = trustedHeaderProxy({
  anonymous: ({ nextUrl }) => (nextUrl.pathname === '/public' ? 'allow' : undefined),
});
