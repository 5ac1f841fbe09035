import {
  type Authenticator,
  createSlot,
  type Decision,
  keepDecision,
  type RequestFacts,
} from '@trusted-header/core';
import { factsFromRequest, subjectOf } from './facts-from-request.js';
import type { NodeRequest } from './node-request.js';
import { stripHeaders } from './strip-headers.js';

/** A decision, and whose it is: an application may have two adapters with different profiles. */
interface Made {
  readonly authenticator: Authenticator;
  readonly decision: Decision;
}

const made = createSlot<Made>();

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
  const earlier = made.get(subject);
  if (earlier?.authenticator === authenticator) {
    keepDecision(req, earlier.decision);
    return earlier.decision;
  }
  const decision = decide(subject, factsFromRequest(req), authenticator);
  stripHeaders(req, authenticator);
  keepDecision(req, decision);
  return decision;
}

/** Decides what stands for a request; the headers are still to be stripped. */
export function decide(
  subject: object,
  facts: RequestFacts,
  authenticator: Authenticator,
): Decision {
  const decision = authenticator.authenticate(facts);
  made.set(subject, { authenticator, decision });
  return decision;
}
