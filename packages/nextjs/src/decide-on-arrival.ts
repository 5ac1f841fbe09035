import { randomUUID } from 'node:crypto';
import {
  type Decision,
  prepareUntold,
  type Refusal,
  type RequestFacts,
} from '@trusted-header/core';
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
import { keepPrivate, type Whose } from './keep-private.js';
import { keepWhileOpen } from './keep-while-open.js';
import type { DecidedRequest, PendingRequest, Registry } from './registry.js';
import type { Settings } from './settings.js';

/**
 * Decides a request before Next sees it: strips the identity headers, decides, and leaves the id of the decision (N1). Where there is
 * a proof to ask for first, the id leads to a request that is pending: Next goes on at once, and whoever wants to know waits.
 *
 * In this order, so that whatever goes wrong leaves a request without an identity.
 */
export function decideOnArrival(
  registry: Registry,
  settings: Settings,
  arrival: Arrival,
): Decision | Promise<Decision> {
  const { request, response } = arrival;
  const { authenticator } = settings;
  const { decisions } = registry;
  const facts = factsFromRequest(request);
  const shape = shapeOf(request);
  stripHeaders(request, {
    isIdentityHeader: (name) => isInternalHeader(name) || authenticator.isIdentityHeader(name),
  });
  const found = decisionFor(registry, settings, request, facts);
  const isOpen = settings.openFor(shape, request) === 'allow';
  const id = randomUUID();
  const complete = compileEntry(settings, arrival, isOpen, found instanceof Promise);
  const entry =
    found instanceof Promise
      ? pendingEntry(found, (decision) => {
          // Unless the response is over by now.
          if (decisions.has(id)) decisions.set(id, complete(decision));
        })
      : complete(found);
  keepWhileOpen(decisions, [id, entry], arrival);
  addHeader(request, id);
  const isForNobody = 'decision' in entry && entry.decision.kind !== 'authenticated';
  if (response && !isForNobody) keepPrivate(response, () => whoseIs(decisions.get(id), isOpen));
  return found;
}

/** Gives the decision, or waits for it. */
function decisionFor(
  registry: Registry,
  settings: Settings,
  request: NodeRequest,
  facts: RequestFacts,
  hasWaited = false,
): Decision | Promise<Decision> {
  const caller = entryOfCaller(registry, facts);
  if (caller && 'decision' in caller) return caller.decision;
  // By then the caller is decided, or gone; or nobody will ever decide it, and then it is nobody's word.
  if (caller && !hasWaited) {
    return caller.pending.then(() => decisionFor(registry, settings, request, facts, true));
  }
  const asked = prepareUntold(settings.authenticator, facts);
  return asked
    ? asked.then(() => decideAdmitted(settings, request))
    : decideAdmitted(settings, request);
}

/** Decides a request; one of another origin's page is refused at once, so that no reader finds an identity (P4). */
function decideAdmitted({ authenticator, admit }: Settings, request: NodeRequest): Decision {
  const decision = decideRequest(request, authenticator);
  const refusal = admit(decision, shapeOf(request), request, request);
  return refusal?.kind === 'refused' ? refusal : decision;
}

/**
 * Compiles what is known of a request, but for the decision about it.
 *
 * @param isPending Asks the application about nobody now: later the request is not as it came, since Next rewrites it in place.
 */
function compileEntry(
  settings: Settings,
  arrival: Arrival,
  isOpen: boolean,
  isPending: boolean,
): (decision: Decision) => DecidedRequest {
  const { request, fileTarget } = arrival;
  const { redirect } = settings;
  const shape = shapeOf(request);
  const reject = rejectionOf(arrival);
  const askMode = () => settings.modeFor(shape, request);
  const early = isPending ? askMode() : undefined;
  return (decision) => ({
    decision,
    holder: request,
    isOpen,
    mode: decision.kind === 'anonymous' ? (early ?? askMode()) : 'refuse',
    target: shape.target,
    fileTarget,
    reject,
    portal: redirect && ((refusal) => redirect(refusal, decision, shape)),
  });
}

/** Never rejects: a request about which something has gone wrong stays undecided. */
function pendingEntry(
  decision: Promise<Decision>,
  settle: (decision: Decision) => void,
): PendingRequest {
  const isSettled = decision.then(settle);
  return { pending: isSettled.catch(() => undefined) };
}

/** While nobody knows, an answer may be somebody's. Where proxy.ts is not asked, what was registered counts. */
function whoseIs(entry: DecidedRequest | PendingRequest | undefined, isOpen: boolean): Whose {
  if (!entry || !('decision' in entry)) return isOpen ? 'for-all' : 'for-one';
  if (entry.decision.kind !== 'authenticated') return 'nobodys';
  return (entry.isForAll ?? isOpen) ? 'for-all' : 'for-one';
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
function entryOfCaller(
  { decisions }: Registry,
  { self, rawHeaders }: RequestFacts,
): DecidedRequest | PendingRequest | undefined {
  if (self !== true) return undefined;
  const ids = rawHeaders.filter(
    (_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === INTERNAL_HEADER,
  );
  const [id] = ids;
  return id === undefined || ids.length > 1 ? undefined : decisions.get(id);
}

function addHeader(req: NodeRequest, id: string): void {
  // Node builds both objects when they are first asked for: they must not miss this line, nor get it twice.
  const { headers } = req;
  const distinct = 'headersDistinct' in req ? req.headersDistinct : {};
  headers[INTERNAL_HEADER] = id;
  distinct[INTERNAL_HEADER] = [id];
  req.rawHeaders.push(INTERNAL_HEADER, id);
}
