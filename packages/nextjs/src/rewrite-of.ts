import type { NextMiddleware, NextRequest } from 'next/server.js';

type NextMiddlewareResult = Awaited<ReturnType<NextMiddleware>>;

/** Tells where a response of `proxy.ts` rewrites to: to a path of this application, or `elsewhere`. Undefined: nowhere. */
export function rewriteOf(
  response: NextMiddlewareResult,
  nextUrl: NextRequest['nextUrl'],
): NextRequest['nextUrl'] | 'elsewhere' | undefined {
  const target = response?.headers.get('x-middleware-rewrite') ?? undefined;
  if (target === undefined) return undefined;
  const { origin, href } = new URL(target, nextUrl);
  if (origin !== nextUrl.origin) return 'elsewhere';
  const rewritten = nextUrl.clone();
  rewritten.href = href;
  return rewritten;
}
