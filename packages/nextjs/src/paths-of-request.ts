import type { NextRequest } from 'next/server.js';
import { basePathOf } from './base-path.js';
import { imagesOfRequest } from './images-of-request.js';
import { type Fold, interceptorsBase, readPaths } from './read-paths.js';

/**
 * Gives every path that a request may be for: what the client wrote, what Next has read, and the file that
 * `/_next/image` fetches for it. Undefined: it can be anything.
 *
 * @param target As the client wrote it, if that is known.
 * @param fold As for `readPaths`.
 */
export function pathsOfRequest(
  nextUrl: NextRequest['nextUrl'],
  target: string | undefined,
  fold?: Fold,
): ReadonlySet<string> | undefined {
  const { defaultLocale } = nextUrl;
  const basePath = basePathOf(nextUrl);
  const written = writtenIn(nextUrl, target);
  const images = imagesOfRequest(nextUrl, target);
  const paths = new Set<string>();
  for (const each of [...written, ...images]) {
    const read = readPaths(each, basePath, fold);
    if (!read) return undefined;
    for (const path of read) paths.add(path);
  }
  // Next has taken off the locale of what is plain. Else any first segment may be one: which there are is not told.
  const isRead = basePath === nextUrl.basePath && images.length === 0 && written.every(isPlain);
  if (!defaultLocale || isRead) return paths;
  return new Set([...paths].flatMap((path) => [path, path.replace(/^\/[^/]+/, '') || '/']));
}

/** What Next has read, and what the client wrote. */
function writtenIn(
  { href, pathname }: NextRequest['nextUrl'],
  target: string | undefined,
): readonly string[] {
  return [pathname, new URL(href).pathname, ...(target === undefined ? [] : [target])];
}

/**
 * Tells whether a request can be read as one for an intercepting route by its own name: `/feed/(..)photo`, which is the page of
 * `/photo` and not open where `/feed` is. Next's client does not ask so.
 */
export function mayIntercept(nextUrl: NextRequest['nextUrl'], target: string | undefined): boolean {
  const basePath = basePathOf(nextUrl);
  return writtenIn(nextUrl, target).some((written) => {
    if (!/[(%]/.test(written)) return false;
    const paths = readPaths(written, basePath);
    return !paths || [...paths].some((path) => interceptorsBase(path) !== undefined);
  });
}

function isPlain(target: string): boolean {
  const [path = ''] = target.split('?', 1);
  if (path.includes('/_next/data/') || /\/\/|\/\./.test(path)) return false;
  return /^\/[\w.~!$&'()*+,=:@/-]*$/.test(path);
}
