import type { Context } from 'hono';

/**
 * Tells whether a Fetch request is no more than a view of a stripped request of the runtime: what it shows will be made of
 * that, and is clean. It is none any more once anything has been made, such as headers that somebody has read.
 */
export function isUnreadView(request: Request, stripped: object | undefined): boolean {
  let isView = false;
  // Not by Reflect.get, which makes all of this two thirds dearer.
  const properties: Readonly<Record<PropertyKey, unknown>> = Object(request);
  for (const key of Reflect.ownKeys(request)) {
    const value = properties[key];
    if (value === stripped && value !== undefined) isView = true;
    else if (typeof value === 'function' || (typeof value === 'object' && value !== null))
      return false;
  }
  return isView;
}

/**
 * Removes headers from the Fetch request of a context (H10), also where an earlier middleware has read or cloned it: those that
 * came in, and those that it has besides, as one that the application itself has put together may.
 *
 * Deletes what came in without asking whether it is there: `@hono/node-server` answers `has` from the stripped Node
 * request, but lists it all the same if some other header was read before.
 *
 * @param cameIn The unwanted names that came in, as they came in.
 */
export function stripFetchHeaders(
  c: Context,
  isUnwanted: (name: string) => boolean,
  cameIn: readonly string[],
): void {
  try {
    for (const { headers } of [c.req.raw, ...requestsWithin(c.req.raw)]) {
      strip(headers, isUnwanted, cameIn);
    }
  } catch {
    // Some runtimes hand out requests that cannot be changed: this one gets a clean copy.
    const headers = new Headers(c.req.raw.headers);
    strip(headers, isUnwanted, cameIn);
    c.req.raw = new Request(c.req.raw, { headers });
  }
}

function strip(
  headers: Headers,
  isUnwanted: (name: string) => boolean,
  cameIn: readonly string[],
): void {
  for (const name of [...cameIn, ...[...headers.keys()].filter(isUnwanted)]) headers.delete(name);
}

/** `@hono/node-server` keeps the full request behind its light one, once somebody has cloned it or touched its body. */
function requestsWithin(request: Request): Pick<Request, 'headers'>[] {
  return Reflect.ownKeys(request)
    .map((key): unknown => Reflect.get(request, key))
    .filter(isRequest);
}

function isRequest(value: unknown): value is Pick<Request, 'headers'> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'clone' in value &&
    'headers' in value &&
    value.headers instanceof Headers
  );
}
