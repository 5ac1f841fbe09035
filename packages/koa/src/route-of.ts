import type { Context } from 'koa';

/** Gives the pattern of the route that a request is in, as `@koa/router` notes it, in what runs behind its match. */
export function routeOf(ctx: Context): string | undefined {
  const route: unknown = Reflect.get(ctx, '_matchedRoute');
  return typeof route === 'string' ? route : undefined;
}
