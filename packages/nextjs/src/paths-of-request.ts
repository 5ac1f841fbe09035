import type { NextRequest } from 'next/server.js';
import { readPaths } from './read-paths.js';

/**
 * Gives every path that a request may be for: what the client wrote, what Next has read, and the file that
 * `/_next/image` fetches for it. Undefined: it can be anything.
 *
 * @param target As the client wrote it, if that is known.
 */
export function pathsOfRequest(
  nextUrl: NextRequest['nextUrl'],
  target: string | undefined,
): ReadonlySet<string> | undefined {
  const { basePath, defaultLocale, href, pathname, search } = nextUrl;
  const whole = new URL(href).pathname;
  const targets = [pathname + search, whole, ...(target === undefined ? [] : [target])];
  const paths = new Set<string>();
  for (const each of [...targets, ...targets.flatMap((it) => imagesOf(it, basePath))]) {
    const read = readPaths(each, basePath);
    if (!read) return undefined;
    for (const path of read) paths.add(path);
  }
  // Next has taken off the locale of what is plain. Else any first segment may be one: which there are is not told.
  if (!defaultLocale || targets.every(isPlain)) return paths;
  return new Set([...paths].flatMap((path) => [path, path.replace(/^\/[^/]+(?=\/|$)/, '') || '/']));
}

function isPlain(target: string): boolean {
  const [path = ''] = target.split('?', 1);
  if (path.startsWith('/_next/data/') || /\/\/|\/\./.test(path)) return false;
  return /^\/[\w.~!$&'()*+,=:@/-]*$/.test(path);
}

const IMAGE_PATH = '/_next/image';

/** Gives what a target asks `/_next/image` for, as it is written: paths, or addresses. */
function imagesOf(target: string, basePath: string): readonly string[] {
  const start = target.indexOf('?');
  if (start < 0) return [];
  const paths = readPaths(target.slice(0, start), basePath);
  return paths?.has(IMAGE_PATH) ? new URLSearchParams(target.slice(start + 1)).getAll('url') : [];
}
