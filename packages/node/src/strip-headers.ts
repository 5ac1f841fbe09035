import type { Authenticator } from '@trusted-header/core';
import { findName } from './find-name.js';
import { headerObjects, recountLines } from './header-objects.js';
import type { NodeRequest } from './node-request.js';
import { stripTrailers } from './strip-trailers.js';

/**
 * Removes identity headers and their aliases from everything that a handler can read of a request (H10): `headers`,
 * `headersDistinct`, `rawHeaders`, and the trailers, which may come later.
 *
 * Read the facts first. Works whether or not those getters have been used, and in place, so that references to them
 * are clean too.
 */
export function stripHeaders(
  req: NodeRequest,
  { isIdentityHeader }: Pick<Authenticator, 'isIdentityHeader'>,
): void {
  stripTrailers(req, isIdentityHeader);
  const { rawHeaders: lines } = req;
  const first = findName(lines, isIdentityHeader);
  if (first < 0) return;

  const objects = headerObjects(req);
  let kept = first;
  for (let i = first; i < lines.length; i += 2) {
    const name = lines[i] ?? '';
    if (isIdentityHeader(name)) {
      const lower = name.toLowerCase();
      for (const object of objects) Reflect.deleteProperty(object, lower);
    } else {
      lines[kept++] = name;
      lines[kept++] = lines[i + 1] ?? '';
    }
  }
  lines.length = kept;
  recountLines(req);
}
