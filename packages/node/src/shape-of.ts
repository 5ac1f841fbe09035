import type { IncomingHttpHeaders } from 'node:http2';
import { type RequestShape, type RequestState, stateOf } from '@trusted-header/core';
import { factsIn, subjectOf } from './facts-from-request.js';
import type { NodeRequest } from './node-request.js';

/**
 * Tells what of a request, beside who is asking, says whether it may go on: as it was when it was first seen, since frameworks
 * rewrite `url` and `method` in place.
 */
export function shapeOf(req: NodeRequest): RequestShape {
  return shapeIn(stateOf(subjectOf(req)), req);
}

/** The same for who has at hand what is known of the request. */
export function shapeIn(state: RequestState, req: NodeRequest): RequestShape {
  state.shape ??= {
    method: req.method,
    target: targetOf(req),
    rawHeaders: factsIn(state, req).rawHeaders,
  };
  return state.shape;
}

/** The same for an HTTP/2 request of which there is only the stream. */
export function shapeOfStream(
  stream: object,
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
): RequestShape {
  const state = stateOf(stream);
  state.shape ??= { method: headers[':method'], target: headers[':path'], rawHeaders };
  return state.shape;
}

/** Express, Connect and Fastify take mount points and rewrites out of `url`, and keep what came. */
function targetOf(req: NodeRequest): string | undefined {
  const original = 'originalUrl' in req ? req.originalUrl : undefined;
  return typeof original === 'string' ? original : req.url;
}
