import type { ServerResponse } from 'node:http';

/**
 * Keeps an answer to somebody out of the caches that people share: `Cache-Control: private`, where neither the application
 * nor Next has said anything when the head of the answer is written (N8).
 *
 * Not in proxy.ts: what that sets, Next puts in the place of what pages, handlers and static files say.
 */
export function keepPrivate(response: ServerResponse): void {
  const { writeHead } = response;
  Object.defineProperty(response, 'writeHead', {
    value: (...args: readonly unknown[]) => {
      const isSaid = response.hasHeader(NAME) || args.some(saysCacheControl);
      if (!isSaid) response.setHeader(NAME, 'private');
      return Reflect.apply(writeHead, response, args);
    },
    configurable: true,
    writable: true,
  });
}

const NAME = 'Cache-Control';

/** Tells whether headers, in one of the forms that `writeHead` takes, have it among them. */
function saysCacheControl(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const names: readonly unknown[] = Array.isArray(given) ? given.flat() : Object.keys(given);
  return names.some((name) => typeof name === 'string' && name.toLowerCase() === 'cache-control');
}
