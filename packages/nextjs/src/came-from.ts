import type { NextRequest } from 'next/server.js';
import type { PolicyFinder } from './compile-policies.js';
import { hideDownstream } from './hide-headers.js';

/**
 * The page that a browser comes from, as Next's own client says with each navigation. Next answers by an intercepting route below
 * it, if there is one, whatever the path of the request: by `/admin/(..)photo` for `/photo` and `Next-Url: /admin/users`.
 */
const CAME_FROM = 'next-url';

/** No application's pages are as deep. */
const MOST_SEGMENTS = 32;

/**
 * Gives what all intercepting routes ask for by which Next may answer a request: those below the page that it says it comes from, and
 * below every page above that one. Undefined: there is no end to them.
 */
export function guardsWhereFrom<Guard>(
  request: NextRequest,
  nextUrl: NextRequest['nextUrl'],
  guardsFor: PolicyFinder<Guard>,
): readonly Guard[] | undefined {
  const from = request.headers.get(CAME_FROM);
  if (from === null) return [];
  const [path = ''] = from.split(/[?#]/, 1);
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.length > MOST_SEGMENTS) return undefined;
  const guards = [...segments, ''].flatMap((_, i) => {
    const url = nextUrl.clone();
    url.search = '';
    url.pathname = `/${[...segments.slice(0, i), '(.)x'].join('/')}`;
    return guardsFor(url, undefined);
  });
  return [...new Set(guards)];
}

/** Tells whether a request says where it comes from. */
export function saysWhereFrom({ headers }: Request): boolean {
  return headers.has(CAME_FROM);
}

/** Hides it from Next, which shows the page itself then, and no other in its place. */
export async function hideWhereFrom(response: Response, request: Request): Promise<void> {
  await hideDownstream(response, request, (name) => name === CAME_FROM);
}
