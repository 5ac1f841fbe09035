import type { IncomingMessage } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Server } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type Admission,
  type AnyAuthenticator,
  type Decision,
  keepDecision,
  type Refusal,
  setupOf,
  stateOf,
  tellRefusal,
  tellUntold,
} from '@trusted-header/core';
import { answerRefusal, type OnServerRefusal } from './answer-refusal.js';
import {
  decideRequest,
  decideStream,
  decideUnheard,
  prepareRequest,
  prepareStream,
  stateFor,
} from './decide-request.js';
import { factsFromRequest, factsFromStream } from './facts-from-request.js';
import type { NodeRequest, NodeResponse } from './node-request.js';
import type { ProbeReceiver } from './probe-receiver.js';
import { rejectUpgrade, respondProblem } from './send-problem.js';
import { shapeOf, shapeOfStream } from './shape-of.js';
import type { RequestEvent, ServerFront } from './stand-in-front.js';
import { stripHeaders, stripStream } from './strip-headers.js';
import { whenOver } from './when-over.js';

/** Handles requests: an application's callback, a listener of `'request'`. */
// biome-ignore lint/suspicious/noExplicitAny: frameworks declare requests of their own, narrower than Node's.
export type ServerHandler = (req: any, res: any) => unknown;

/** What stands in front of a server is to do. */
export interface FrontPlan {
  readonly authenticator: AnyAuthenticator;
  /** Answers the probe's requests, which nobody else gets to see. */
  readonly probe: ProbeReceiver | undefined;
  readonly admit: Admission<NodeRequest>;
  /** The same for upgrades and CONNECT, about which nobody else asks. */
  readonly admitSockets: Admission<NodeRequest>;
  /** Asks by itself who may do what: requests of nobody go to it, and to no other listener. */
  readonly handler?: ServerHandler;
  /** The handler answers refused claims as well, in its own way. */
  readonly handlerRefuses?: boolean;
  /** The handler tells observers, with the request that it makes of Node's: it decides it again. */
  readonly handlerTells?: boolean;
  /** Only reads the facts and strips: what is behind it decides about some of the requests, and nobody about the others. */
  readonly stripsOnly?: boolean;
  /** Answers what is refused here, but upgrades, CONNECT, and HTTP/2 streams without a request object. */
  readonly onRefusal?: OnServerRefusal;
  /** Sees each decision before the request goes on, and what stops it after that; `isHandlers`: to the handler, and to nobody else. */
  readonly onDecided?: (req: NodeRequest, decision: Decision, isHandlers: boolean) => void;
}

/** Makes what decides everything that a server hands over: see {@link ServerFront}. */
export function createServerFront({
  authenticator,
  probe,
  admit,
  admitSockets,
  handler,
  handlerRefuses = false,
  handlerTells = false,
  stripsOnly = false,
  onDecided,
  onRefusal,
}: FrontPlan): ServerFront {
  if (stripsOnly) return stripFront(authenticator);
  const isAsking = setupOf(authenticator)?.prepare !== undefined;
  const holds = isAsking ? { holdRequest, holdStream } : {};
  return { ...holds, onRequest, onUpgrade, onDropped, onStream };

  function holdRequest(req: NodeRequest): Promise<void> | undefined {
    // Which would be stripped by this.
    return probe?.isProbe(req) ? undefined : prepareRequest(req, authenticator);
  }

  function holdStream(
    stream: ServerHttp2Stream,
    rawHeaders: readonly string[],
  ): Promise<void> | undefined {
    if (probe?.isProbeStream(stream, rawHeaders)) return undefined;
    return prepareStream(stream, rawHeaders, authenticator);
  }

  function decide(req: NodeRequest): Decision {
    return handlerTells ? decideUnheard(req, authenticator) : decideRequest(req, authenticator);
  }

  function show(req: NodeRequest, decision: Decision, server?: Server): void {
    if (!onDecided) return;
    const isHandlers = server !== undefined && handler !== undefined;
    onDecided(req, decision, isHandlers && isOnlyListener(server, handler));
  }

  /** What is stopped after it was decided, nobody goes on to see as if it had not. */
  function showStopped(req: NodeRequest, decision: Decision, refusal: Refusal | undefined): void {
    if (refusal?.kind === 'refused' && refusal !== decision) show(req, refusal);
  }

  function onDropped(req: IncomingMessage): void {
    if (probe?.isProbe(req)) return;
    // Node has answered it: nobody is asked for a proof, and without one nothing is decided.
    if (isAsking) {
      strip(req, authenticator);
      return;
    }
    show(req, decide(req));
    tellUntold(stateFor(req));
  }

  /** Whatever becomes of a request before the handler sees it, as with a URL that it cannot read, observers hear of it. */
  function leaveTelling(req: NodeRequest, res: NodeResponse): void {
    const state = stateFor(req);
    if (state.untold) whenOver(req.socket, res, () => tellUntold(state));
  }

  function onRequest(
    event: RequestEvent,
    req: NodeRequest,
    res: NodeResponse,
    server: Server,
  ): boolean {
    if (probe?.answers(req, res, event)) return false;
    const decision = decide(req);
    show(req, decision, event === 'request' ? server : undefined);
    const judge = event === 'connect' ? admitSockets : admit;
    const refusal = judge(decision, shapeOf(req), req, req, 'untold');
    showStopped(req, decision, refusal);
    if (event === 'connect') tellUntold(stateFor(req));
    else leaveTelling(req, res);
    if (!refusal) return true;
    const isAsked = refusal.kind === 'anonymous' || handlerRefuses;
    if (handler && isAsked && (event === 'request' || event === 'checkContinue')) {
      if (event === 'request' && isOnlyListener(server, handler)) return true;
      if (event === 'checkContinue') res.writeContinue();
      Reflect.apply(handler, server, [req, res]);
      return false;
    }
    // Not before: the handler may not answer 401 at all, and tells of its own.
    tellUntold(stateFor(req));
    tellRefusal(refusal, req);
    answerRefusal(refusal, req, res, event === 'connect' ? undefined : onRefusal);
    return false;
  }

  function onUpgrade(req: IncomingMessage, socket: Duplex): boolean {
    if (probe?.answersUpgrade(req, socket)) return false;
    const decision = decide(req);
    show(req, decision);
    tellUntold(stateFor(req));
    const refusal = admitSockets(decision, shapeOf(req), req, req);
    showStopped(req, decision, refusal);
    // A client of `ws` leads to its socket only.
    keepDecision(socket, refusal?.kind === 'refused' ? refusal : decision);
    if (refusal) rejectUpgrade(socket, refusal);
    return refusal === undefined;
  }

  function onStream(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    rawHeaders: string[],
    server: Server,
  ): boolean {
    if (probe?.isProbeStream(stream, rawHeaders)) {
      return becomesRequest(server) || !probe.answersStream(stream, rawHeaders);
    }
    const shape = shapeOfStream(stream, headers, rawHeaders.slice());
    const decision = decideStream(stream, headers, rawHeaders, authenticator);
    // Observers hear of the request.
    if (becomesRequest(server)) return true;
    tellUntold(stateOf(stream));
    const refusal = admit(decision, shape, undefined, stream);
    if (refusal) respondProblem(stream, headers, refusal);
    return refusal === undefined;
  }
}

function stripFront(authenticator: AnyAuthenticator): ServerFront {
  const stripAndGoOn = (req: NodeRequest): true => {
    strip(req, authenticator);
    return true;
  };
  return {
    onRequest: (_event, req) => stripAndGoOn(req),
    onUpgrade: stripAndGoOn,
    onDropped: stripAndGoOn,
    onStream(stream, headers, rawHeaders) {
      factsFromStream(stream, rawHeaders);
      stripStream(stream, headers, rawHeaders, authenticator);
      return true;
    },
  };
}

/** Reads what is to be known of a request, and strips it. */
function strip(req: NodeRequest, authenticator: AnyAuthenticator): void {
  factsFromRequest(req);
  shapeOf(req);
  stripHeaders(req, authenticator);
}

function isOnlyListener(server: Server, handler: ServerHandler): boolean {
  return server.listenerCount('request') === 1 && server.listeners('request')[0] === handler;
}

/** Tells whether nobody but Node's compatibility API listens to streams, and hands them over again as requests. */
function becomesRequest(server: Server): boolean {
  return server.listenerCount('stream') === 1 && server.listenerCount('request') > 0;
}
