import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Authenticator } from '@trusted-header/core';
import { headerObjects, recountLines } from './header-objects.js';
import type { NodeRequest } from './node-request.js';
import { streamOf } from './stream-of.js';
import { stripLines } from './strip-lines.js';
import { stripSensitive } from './strip-sensitive.js';
import { stripStreamTrailers, stripTrailers } from './strip-trailers.js';
import { withOwnHeaders } from './test-requests.js';

type NameTest = Pick<Authenticator, 'isIdentityHeader'>;

/**
 * Removes identity headers and their aliases from everything that a handler can read of a request (H10): `headers`,
 * `headersDistinct`, `rawHeaders`, and the trailers, which may come later.
 *
 * Read the facts first. Works whether or not those getters have been used, and in place, so that references to them
 * are clean too.
 */
export function stripHeaders(req: NodeRequest, { isIdentityHeader }: NameTest): void {
  const stream = streamOf(req);
  if (stream) {
    stripStream(stream, req.headers, req.rawHeaders, { isIdentityHeader });
    return;
  }
  const isUnwanted = withOwnHeaders(isIdentityHeader);
  stripTrailers(req, isUnwanted);
  const { rawHeaders } = req;
  if (stripLines(rawHeaders, isUnwanted, () => headerObjects(req))) recountLines(req);
}

/** The same for an HTTP/2 request of which there is only the stream yet. */
export function stripStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: string[],
  { isIdentityHeader }: NameTest,
): void {
  const isUnwanted = withOwnHeaders(isIdentityHeader);
  stripStreamTrailers(stream, isUnwanted);
  if (stripLines(rawHeaders, isUnwanted, () => [headers])) stripSensitive(headers, isUnwanted);
}
