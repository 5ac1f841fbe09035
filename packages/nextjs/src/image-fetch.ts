import type { NextRequest } from 'next/server.js';
import { imagesOfRequest } from './images-of-request.js';
import { isInternalHeader } from './internal-header.js';
import { findRegistry } from './registry.js';

/** Next fetches at once; a slow machine takes a moment. */
const FOR_MS = 10_000;
const MOST_KEPT = 1_000;

/** Gives the images of this server that a request asks `/_next/image` for: path and query. */
export function ownImagesOf({ nextUrl, url }: NextRequest, target?: string): readonly string[] {
  return imagesOfRequest(nextUrl, target)
    .filter((image) => image.startsWith('/') && URL.canParse(image, url))
    .map((image) => keyOf(new URL(image, url)));
}

/**
 * Tells whether nobody may have an image by its own address: it is a file of the build, or open. Else a `/_next/image` that is
 * open would hand out the images that it has made for others.
 */
export async function isImageForAll(image: string): Promise<boolean> {
  const registry = findRegistry();
  const shape = { method: 'GET', target: image, rawHeaders: [] };
  if (registry?.settings?.modeFor(shape, undefined) === 'allow') return true;
  return (await registry?.isBuildFile(image)) ?? false;
}

/**
 * Remembers what `/_next/image` is going to fetch for a request that has been let through: Next makes up a request for
 * it, without a header or a connection of its own.
 */
export function admitImageFetch(request: NextRequest): void {
  const fetches = findRegistry()?.imageFetches;
  if (!fetches) return;
  for (const image of ownImagesOf(request)) {
    const [oldest] = fetches.keys();
    if (fetches.size >= MOST_KEPT && oldest !== undefined) fetches.delete(oldest);
    fetches.set(image, performance.now() + FOR_MS);
  }
}

/**
 * Tells whether nobody has decided a request because Next has made it up, to fetch an image for somebody who was let through.
 * It gets on without an identity. A client's request has a host, or has been decided.
 */
export function isImageFetch({ method, headers, url }: NextRequest): boolean {
  if (method !== 'GET' || [...headers.keys()].some(isOfClient)) return false;
  const until = findRegistry()?.imageFetches.get(keyOf(new URL(url)));
  return until !== undefined && performance.now() < until;
}

function isOfClient(name: string): boolean {
  return isInternalHeader(name) || !name.startsWith('x-forwarded-');
}

function keyOf({ pathname, search }: URL): string {
  return pathname + search;
}
