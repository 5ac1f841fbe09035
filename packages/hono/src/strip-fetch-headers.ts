import type { Context } from 'hono';

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
