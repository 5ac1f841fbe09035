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
  const { rawHeaders } = req;
  const names = new Set(rawHeaders.filter((name, i) => i % 2 === 0 && isIdentityHeader(name)));
  if (names.size === 0) return;

  // Node builds both objects from as many lines as there were at first: they must exist before the lines get fewer.
  const { headers } = req;
  const distinct = 'headersDistinct' in req ? req.headersDistinct : {};
  for (const name of names) {
    const lower = name.toLowerCase();
    delete headers[lower];
    delete distinct[lower];
  }
  removeLines(rawHeaders, isIdentityHeader);
}

/** Removes name and value pairs from raw header lines, in place. */
function removeLines(lines: string[], isUnwanted: (name: string) => boolean): void {
  let kept = 0;
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [name = '', value = ''] = [lines[i], lines[i + 1]];
    if (isUnwanted(name)) continue;
    lines[kept++] = name;
    lines[kept++] = value;
  }
  lines.length = kept;
}
