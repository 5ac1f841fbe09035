import type { Context } from 'hono';

/**
 * Removes headers from the Fetch request of a context (H10), also where an earlier middleware has read it already.
 *
 * Deletes without asking whether they are there: `@hono/node-server` answers `has` from the stripped Node request, but
 * lists them all the same if some other header was read before.
 *
 * @param names The names that came in, as they came in.
 */
export function stripFetchHeaders(c: Context, names: readonly string[]): void {
  if (names.length === 0) return;
  try {
    for (const name of names) c.req.raw.headers.delete(name);
  } catch {
    // Some runtimes hand out requests that cannot be changed: this one gets a clean copy.
    const headers = new Headers(c.req.raw.headers);
    for (const name of names) headers.delete(name);
    c.req.raw = new Request(c.req.raw, { headers });
  }
}
