import type { NextRequest } from 'next/server.js';
import { basePathOf } from './base-path.js';
import { readPaths } from './read-paths.js';

const IMAGE_PATH = '/_next/image';

/**
 * Gives what a request asks `/_next/image` for, as it is written: paths, or addresses. Next serves it under other names as
 * well: with a slash at the end, as the data of a page, and under longer ones.
 *
 * @param target As the client wrote it, if that is known.
 */
export function imagesOfRequest(
  nextUrl: NextRequest['nextUrl'],
  target: string | undefined,
): readonly string[] {
  const { href, pathname, search } = nextUrl;
  const basePath = basePathOf(nextUrl);
  const targets = [pathname + search, new URL(href).pathname + search, target ?? ''];
  return [...new Set(targets.flatMap((each) => imagesOf(each, basePath)))];
}

function imagesOf(target: string, basePath: string): readonly string[] {
  if (!target.includes('?')) return [];
  const paths = readPaths(target, basePath);
  // What can be anything may be this. Next takes whatever begins so, where a page answers below it.
  const isForImage = !paths || [...paths].some((path) => path.startsWith(IMAGE_PATH));
  return isForImage ? new URLSearchParams(target.replace(/^[^?]*/, '')).getAll('url') : [];
}
