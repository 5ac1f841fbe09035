import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { type Authenticator, type Decision, shareState, stateOf } from '@trusted-header/core';
import { factsFromRequest, factsFromStream, subjectOf } from './facts-from-request.js';
import type { NodeRequest } from './node-request.js';
import { shapeOf } from './shape-of.js';
import { stripHeaders, stripStream } from './strip-headers.js';

/**
 * Decides a request, once for each authenticator, and strips its identity headers: what stands in front of the server
 * (`guardServer`) and the middleware behind it come to the same decision, and observers hear of it once.
 *
 * @returns The decision, which guards find as well.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createAuthenticator, refusalOf } from '@trusted-header/core';
 * import { decideRequest, sendProblem } from '@trusted-header/node';
 *
 * const authenticator = createAuthenticator({ trustedProxies: '172.20.0.2' });
 * createServer((req, res) => {
 *   const decision = decideRequest(req, authenticator);
 *   const refusal = refusalOf(decision, 'refuse');
 *   if (refusal) return sendProblem(req, res, refusal);
 *   res.end('Hello');
 * });
 * ```
 */
export function decideRequest(req: NodeRequest, authenticator: Authenticator): Decision {
  const subject = subjectOf(req);
  const state = stateOf(subject);
  if (subject !== req) shareState(req, state);
  if (state.decision && state.authenticator === authenticator) return state.decision;
  const facts = factsFromRequest(req);
  shapeOf(req);
  const decision = authenticator.authenticate(facts);
  stripHeaders(req, authenticator);
  state.authenticator = authenticator;
  state.decision = decision;
  return decision;
}

/** The same for an HTTP/2 request of which there is only the stream yet: its request object finds the decision. */
export function decideStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: string[],
  authenticator: Authenticator,
): Decision {
  const state = stateOf(stream);
  const decision = authenticator.authenticate(factsFromStream(stream, rawHeaders));
  stripStream(stream, headers, rawHeaders, authenticator);
  state.authenticator = authenticator;
  state.decision = decision;
  return decision;
}
