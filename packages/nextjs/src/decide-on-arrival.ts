import { randomUUID } from 'node:crypto';
import { type Decision, keepDecision, type Refusal, type RequestFacts } from '@trusted-header/core';
import {
  decideRequest,
  factsFromRequest,
  type NodeRequest,
  rejectUpgrade,
  shapeOf,
  stripHeaders,
} from '@trusted-header/node';
import type { Arrival } from './arrival.js';
import { INTERNAL_HEADER, isInternalHeader } from './internal-header.js';
import { keepPrivate } from './keep-private.js';
import { keepWhileOpen } from './keep-while-open.js';
import type { DecidedRequest, Registry } from './registry.js';
import type { Settings } from './settings.js';

/**
 * Decides a request before Next sees it: strips the identity headers, decides, and leaves the id of the decision (N1).
 *
 * In this order, so that whatever goes wrong leaves a request without an identity.
 */
export function decideOnArrival(
  registry: Registry,
  settings: Settings,
  arrival: Arrival,
): Decision {
  const { request, response, fileTarget } = arrival;
  const { authenticator, redirect } = settings;
  const facts = factsFromRequest(request);
  const shape = shapeOf(request);
  stripHeaders(request, {
    isIdentityHeader: (name) => isInternalHeader(name) || authenticator.isIdentityHeader(name),
  });
  const decision = decisionOfCaller(registry, facts) ?? decideAdmitted(settings, request);
  const id = randomUUID();
  const isOpen = settings.openFor(shape, request) === 'allow';
  const mode = decision.kind === 'anonymous' ? settings.modeFor(shape, request) : 'refuse';
  const decided: DecidedRequest = {
    decision,
    holder: request,
    isOpen,
    mode,
    target: shape.target,
    fileTarget,
    reject: rejectionOf(arrival),
    portal: redirect && ((refusal) => redirect(refusal, decision, shape)),
  };
  keepWhileOpen(registry.decisions, [id, decided], arrival);
  addHeader(request, id);
  if (response && decision.kind === 'authenticated') {
    // Where proxy.ts is not asked, what was registered counts.
    keepPrivate(response, () => decided.isForAll ?? isOpen);
  }
  return decision;
}

/** Decides a request; one of another origin's page is refused at once, so that no reader finds an identity (P4). */
function decideAdmitted({ authenticator, admit }: Settings, request: NodeRequest): Decision {
  const decision = decideRequest(request, authenticator);
  const refusal = admit(decision, shapeOf(request), request, request);
  if (refusal?.kind !== 'refused' || refusal === decision) return decision;
  keepDecision(request, refusal);
  return refusal;
}

/** Next leaves an upgrade that proxy.ts refuses without an answer, and its connection open. */
function rejectionOf({ response, socket }: Arrival): ((refusal: Refusal) => void) | undefined {
  if (response) return undefined;
  const { bytesWritten } = socket;
  return (refusal) => {
    // Unless somebody else has answered it: a WebSocket server of the application's own.
    if (socket.bytesWritten === bytesWritten) rejectUpgrade(socket, refusal);
  };
}

/**
 * Carries a decision over to a request that Next makes for its user, as after the redirect of a server action: Next
 * copies the user's headers, and our id with them (N5). From anywhere else the id is just a header.
 */
function decisionOfCaller(
  { decisions }: Registry,
  { self, rawHeaders }: RequestFacts,
): Decision | undefined {
  if (self !== true) return undefined;
  const ids = rawHeaders.filter(
    (_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === INTERNAL_HEADER,
  );
  const [id] = ids;
  return id === undefined || ids.length > 1 ? undefined : decisions.get(id)?.decision;
}

function addHeader(req: NodeRequest, id: string): void {
  // Node builds both objects when they are first asked for: they must not miss this line, nor get it twice.
  const { headers } = req;
  const distinct = 'headersDistinct' in req ? req.headersDistinct : {};
  headers[INTERNAL_HEADER] = id;
  distinct[INTERNAL_HEADER] = [id];
  req.rawHeaders.push(INTERNAL_HEADER, id);
}
