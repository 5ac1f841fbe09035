import { createRequestSlot, stateOf } from '@trusted-header/core';
import { propertyOf } from '@trusted-header/node';

/** The platform's request, where it is not Node's own: Fastify's. */
const requests = createRequestSlot<unknown>();

/**
 * Lets observers know the pattern of the route that a request is in: they are told of Node's request, which knows of none.
 *
 * @param holder Node's request.
 * @param request The platform's.
 */
export function keepRoute(holder: object, request: unknown): void {
  if (request !== holder) requests.set(holder, request);
  // No function of this request's own: with one, garbage collection takes longer, some 15 µs a request.
  stateOf(holder).routeOf = routeOf;
}

function routeOf(holder: object): string | undefined {
  return routeIn(requests.get(holder) ?? holder);
}

/** Express notes `route`, below `baseUrl`; Fastify `routeOptions`. */
function routeIn(request: unknown): string | undefined {
  const path = textIn(propertyOf(request, 'route'), 'path');
  const base = textIn(request, 'baseUrl') ?? '';
  return path === undefined ? textIn(propertyOf(request, 'routeOptions'), 'url') : `${base}${path}`;
}

function textIn(holder: unknown, key: string): string | undefined {
  const value = propertyOf(holder, key);
  return typeof value === 'string' ? value : undefined;
}
