import { trustedHeaderProxy } from '@trusted-header/nextjs';
import type { NextRequest } from 'next/server';

export const proxy = trustedHeaderProxy({
  anonymous: ({ nextUrl }: NextRequest) =>
    nextUrl.pathname.startsWith('/public') ? 'allow' : undefined,
});

export const config = { matcher: ['/((?!unguarded).*)'] };
