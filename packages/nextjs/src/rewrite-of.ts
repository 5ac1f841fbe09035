import type { NextMiddleware, NextRequest } from 'next/server.js';
import type { PolicyFinder } from './compile-policies.js';

/** To a path of this application, or `elsewhere`. Undefined: nowhere. */
export type Rewrite = NextRequest['nextUrl'] | 'elsewhere' | undefined;

type NextMiddlewareResult = Awaited<ReturnType<NextMiddleware>>;

/** Tells where a response of `proxy.ts` rewrites to. */
export function rewriteOf(
  response: NextMiddlewareResult,
  nextUrl: NextRequest['nextUrl'],
): Rewrite {
  const target = response?.headers.get('x-middleware-rewrite') ?? undefined;
  if (target === undefined) return undefined;
  const { origin, href } = new URL(target, nextUrl);
  if (origin !== nextUrl.origin) return 'elsewhere';
  const rewritten = nextUrl.clone();
  rewritten.href = href;
  return rewritten;
}

/** Gives what the path asks for to which a request is rewritten. */
export function guardsBehind<Guard>(
  rewrite: Rewrite,
  guardsFor: PolicyFinder<Guard>,
): readonly Guard[] {
  return !rewrite || rewrite === 'elsewhere' ? [] : guardsFor(rewrite, undefined);
}
