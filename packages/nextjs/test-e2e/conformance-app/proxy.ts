import { trustedHeaderProxy } from '@trusted-header/nextjs';
import type { NextRequest } from 'next/server';

/** Set by the program that serves this application, in the same process; not there during the build. */
const suite = () => Reflect.get(globalThis, Symbol.for('conformance'));

export const proxy = trustedHeaderProxy({
  anonymous: ({ nextUrl }: NextRequest) =>
    nextUrl.pathname.startsWith('/public') ? 'allow' : undefined,
  // Undefined, where a case wants no answer of the application's.
  onRefusal: (refusal) => suite().answer(refusal),
});

export const config = { matcher: ['/((?!unguarded).*)'] };
