import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/**
 * Gives the pattern of the route that a request is in. Middleware, and what `app.all` takes, is matched too, and is no route to
 * name.
 */
export function routeOf(c: Context): string | undefined {
  return matchedRoutes(c)
    .filter(({ method }) => method !== 'ALL')
    .at(-1)?.path;
}
