import type { Request } from 'express';

/** Gives the pattern of the route that a request is in; Express knows it in the route's own handlers only. */
export function routeOf({ baseUrl, route }: Request): string | undefined {
  // A regular expression, or a list, is no pattern to read.
  return typeof route?.path === 'string' ? `${baseUrl}${route.path}` : undefined;
}
