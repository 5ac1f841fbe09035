import type { NextRequest } from 'next/server.js';

/**
 * Gives the `basePath` of `next.config`. A request's own URL misses it under another locale than the default one: Next writes the
 * locale in front of it, and then does not find it any more (`/de/base/de/admin`, seen in 16.4).
 */
export function basePathOf({ basePath }: Pick<NextRequest['nextUrl'], 'basePath'>): string {
  // Next's compilers put the setting in the place of this very expression.
  return basePath || process.env.__NEXT_ROUTER_BASEPATH || '';
}
