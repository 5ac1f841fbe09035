import type { PolicyFinder } from './compile-policies.js';
import { hideDownstream } from './hide-headers.js';

/**
 * The page that a browser comes from, as Next's own client says with each navigation. Next answers by an intercepting route below
 * it, if there is one, whatever the path of the request: by `/admin/(..)photo` for `/photo` and `Next-Url: /admin/users`. It
 * compares the text as it is.
 */
const CAME_FROM = 'next-url';

/** Gives what all intercepting routes may ask for by which Next may answer a request. */
export function guardsWhereFrom<Guard>(
  { headers }: Request,
  guardsFor: PolicyFinder<Guard>,
): readonly Guard[] {
  const from = headers.get(CAME_FROM);
  return from === null ? [] : guardsFor.interceptors(from.replace(/[?#].*$/s, ''));
}

/** Tells whether a request says where it comes from. */
export function saysWhereFrom({ headers }: Request): boolean {
  return headers.has(CAME_FROM);
}

/** Hides it from Next, which shows the page itself then, and no other in its place. */
export async function hideWhereFrom(response: Response, request: Request): Promise<void> {
  await hideDownstream(response, request, (name) => name === CAME_FROM);
}
