import type { Context } from 'hono';

/**
 * Tells whether a Fetch request is no more than a view of a stripped request of the runtime: what it shows will be made of
 * that, and is clean. It is none any more once anything has been made, such as headers that somebody has read.
 */
export function isUnreadView(request: Request, stripped: object | undefined): boolean {
  let isView = false;
  for (const key of Reflect.ownKeys(request)) {
    const value: unknown = Reflect.get(request, key);
    if (value === stripped && value !== undefined) isView = true;
    else if (typeof value === 'function' || (typeof value === 'object' && value !== null))
      return false;
  }
  return isView;
}

/**
 * Removes headers from the Fetch request of a context (H10), also where an earlier middleware has read or cloned it.
 *
 * Deletes without asking whether they are there: `@hono/node-server` answers `has` from the stripped Node request, but
 * lists them all the same if some other header was read before.
 *
 * @param names The names that came in, as they came in.
 */
export function stripFetchHeaders(c: Context, names: readonly string[]): void {
  if (names.length === 0) return;
  try {
    for (const { headers } of [c.req.raw, ...requestsWithin(c.req.raw)]) {
      for (const name of names) headers.delete(name);
    }
  } catch {
    // Some runtimes hand out requests that cannot be changed: this one gets a clean copy.
    const headers = new Headers(c.req.raw.headers);
    for (const name of names) headers.delete(name);
    c.req.raw = new Request(c.req.raw, { headers });
  }
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
