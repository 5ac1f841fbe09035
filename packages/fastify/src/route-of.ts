import type { FastifyRequest } from 'fastify';

/** Gives the pattern of the route that a request is in; there is none for what no route takes. */
export function routeOf({ routeOptions }: FastifyRequest): string | undefined {
  return routeOptions.url;
}
