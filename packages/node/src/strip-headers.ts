import type { Authenticator } from '@trusted-header/core';
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
  const first = lines.findIndex((name, i) => i % 2 === 0 && isIdentityHeader(name));
  if (first < 0) return;

  // Node builds both objects from as many lines as there were at first: they must exist before the lines get fewer.
  const { headers } = req;
  const distinct = 'headersDistinct' in req ? req.headersDistinct : {};
  let kept = first;
  for (let i = first; i < lines.length; i += 2) {
    const [name = '', value] = [lines[i], lines[i + 1]];
    if (isIdentityHeader(name)) {
      const lower = name.toLowerCase();
      delete headers[lower];
      delete distinct[lower];
    } else if (value !== undefined) {
      lines[kept++] = name;
      lines[kept++] = value;
    }
  }
  lines.length = kept;
}
