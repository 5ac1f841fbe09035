import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import {
  type AnyAuthenticator,
  type Decision,
  decideUntold,
  keepUntold,
  prepareUntold,
  type RequestState,
  type RouteOf,
  setupOf,
  shareState,
  stateOf,
  tellUntold,
} from '@trusted-header/core';
import { factsFromRequest, factsFromStream, factsIn, subjectOf } from './facts-from-request.js';
import type { NodeRequest } from './node-request.js';
import { shapeIn, shapeOf } from './shape-of.js';
import { stripHeaders, stripStream } from './strip-headers.js';

/**
 * Decides a request, once for each authenticator, and strips its identity headers: what stands in front of the server
 * (`guardServer`) and the middleware behind it come to the same decision, and observers hear of it once.
 *
 * Where the authenticator has a proof to ask for, {@link prepareRequest} comes first.
 *
 * @param request The framework's, for observers, if it has one of its own.
 * @param routeOf Gives the pattern of that request's route.
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
export function decideRequest(
  req: NodeRequest,
  authenticator: AnyAuthenticator,
  request: unknown = req,
  routeOf?: RouteOf,
): Decision {
  const state = stateFor(req);
  state.request = request;
  state.routeOf = routeOf;
  const decision = decideIn(state, req, authenticator);
  tellUntold(state);
  return decision;
}

/**
 * Asks for the proof that a request needs, where its authenticator has one to ask for (`withProof`), and strips its identity headers
 * at once. To be waited for before the request is decided: without it a claim is refused, with 503. Undefined where there is nothing to wait
 * for; never rejects.
 */
export function prepareRequest(
  req: NodeRequest,
  authenticator: AnyAuthenticator,
): Promise<void> | undefined {
  if (!setupOf(authenticator)?.prepare) return undefined;
  const pending = prepareUntold(authenticator, factsFromRequest(req));
  if (!pending) return undefined;
  shapeOf(req);
  stripHeaders(req, authenticator);
  return pending;
}

/** The same for an HTTP/2 request of which there is only the stream yet. Strips nothing: nobody has seen it. */
export function prepareStream(
  stream: ServerHttp2Stream,
  rawHeaders: readonly string[],
  authenticator: AnyAuthenticator,
): Promise<void> | undefined {
  return prepareUntold(authenticator, factsFromStream(stream, rawHeaders));
}

/** Decides as {@link decideRequest} does, but observers do not hear of it yet: whoever makes the framework's request of this one decides it again. */
export function decideUnheard(req: NodeRequest, authenticator: AnyAuthenticator): Decision {
  return decideIn(stateFor(req), req, authenticator);
}

function decideIn(
  state: RequestState,
  req: NodeRequest,
  authenticator: AnyAuthenticator,
): Decision {
  if (state.decision && state.authenticator === authenticator) return state.decision;
  // What another one has decided.
  tellUntold(state);
  const facts = factsIn(state, req);
  shapeIn(state, req);
  const outcome = decideUntold(authenticator, facts);
  stripHeaders(req, authenticator);
  return keepUntold(state, authenticator, outcome);
}

/** Gives what is known of a request, the same for the stream that it may have been before. */
export function stateFor(req: NodeRequest): RequestState {
  const subject = subjectOf(req);
  const state = stateOf(subject);
  if (subject !== req) shareState(req, state);
  return state;
}

/** Decides an HTTP/2 request of which there is only the stream yet: its request object finds the decision. */
export function decideStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: string[],
  authenticator: AnyAuthenticator,
): Decision {
  const outcome = decideUntold(authenticator, factsFromStream(stream, rawHeaders));
  stripStream(stream, headers, rawHeaders, authenticator);
  return keepUntold(stateOf(stream), authenticator, outcome);
}
