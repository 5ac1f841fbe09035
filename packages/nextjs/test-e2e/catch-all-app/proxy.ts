import { trustedHeaderProxy } from '@trusted-header/nextjs';

export const proxy = trustedHeaderProxy({
  anonymous: ({ nextUrl }) => (nextUrl.pathname === '/public' ? 'allow' : undefined),
  policies: { '/guarded/*': { groups: { anyOf: ['admin'] } } },
});

export const config = {};
