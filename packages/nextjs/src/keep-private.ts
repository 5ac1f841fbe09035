import type { ServerResponse } from 'node:http';

/**
 * Keeps an answer to somebody out of the caches that people share (N8), when its head is written: `Cache-Control: private`
 * where the application has said nothing.
 *
 * What Next says by itself of what it keeps, `s-maxage=31536000` of a page that is made beforehand, is no word of the
 * application's: a shared cache that believes it hands the page to nobody as well. It stays where nobody may have the page.
 *
 * Not in proxy.ts: what that sets, Next puts in the place of what pages, handlers and static files say.
 *
 * @param whose Asked when the head is written.
 */
export function keepPrivate(response: ServerResponse, whose: () => Whose): void {
  const { writeHead } = response;
  Object.defineProperty(response, 'writeHead', {
    value: (...args: readonly unknown[]) => {
      const asked = whose();
      if (asked === 'nobodys') return Reflect.apply(writeHead, response, args);
      const said = response.getHeader(NAME);
      const isSaid = said !== undefined || args.some(saysCacheControl);
      if (!isSaid && args.some(Array.isArray)) {
        return Reflect.apply(writeHead, response, args.map(withPrivate));
      }
      if (!isSaid) response.setHeader(NAME, PRIVATE);
      const isNextsOwn = isNexts(response) || isPublicFile(response, said);
      if (typeof said === 'string' && isNextsOwn && asked === 'for-one') {
        response.setHeader(NAME, forOne(said));
      }
      return Reflect.apply(writeHead, response, args);
    },
    configurable: true,
    writable: true,
  });
}

/** Whose an answer is: somebody's, and nobody may have such a page, too (`for-all`) or not. */
export type Whose = 'nobodys' | 'for-all' | 'for-one';

const NAME = 'Cache-Control';
const PRIVATE = 'private';

/** Said of what is in `public/`. */
const OF_PUBLIC_FILES = 'public, max-age=0';

/** Adds it to a list of lines: Node leaves out lines of the same name, such as cookies, where another header is set besides. */
function withPrivate(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  return Array.isArray(given[0]) ? [...given, [NAME, PRIVATE]] : [...given, NAME, PRIVATE];
}

function isNexts(response: ServerResponse): boolean {
  return response.hasHeader('x-nextjs-cache') || response.hasHeader('x-nextjs-prerender');
}

function isPublicFile(response: ServerResponse, said: unknown): boolean {
  return said === OF_PUBLIC_FILES && response.hasHeader('accept-ranges');
}

/** Says of one what Next says of all: of pages, of images that it has made smaller, and of files. */
function forOne(said: string): string {
  if (/^s-maxage=\d+(?:, stale-while-revalidate(?:=\d+)?)?$/.test(said)) return 'private, no-cache';
  return said.replace(/^public(?=, max-age=(?:0|\d+, must-revalidate)$)/, 'private');
}

/** Tells whether headers, in one of the forms that `writeHead` takes, have it among them. */
function saysCacheControl(given: unknown): boolean {
  const names: readonly unknown[] = Array.isArray(given)
    ? given.flat()
    : Object.keys(Object(given));
  return names.some((name) => String(name).toLowerCase() === 'cache-control');
}
