import { trustedHeaderProxy } from '@trusted-header/nextjs';

export const proxy = trustedHeaderProxy({
  anonymous: ({ nextUrl }) => (nextUrl.pathname === '/public' ? 'allow' : undefined),
});

export const config = {};
