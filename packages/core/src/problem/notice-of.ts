import type { Problem, Refusal } from './problem.js';
import { problemOf } from './problem-of.js';

/** What an application is told when it may answer a refusal itself. Holds no address and no header value. */
export interface RefusalNotice extends Problem {
  /** `anonymous`: nobody asked. `refused`: a claim that is not believed. `denied`: a user whom the policy does not admit. */
  readonly kind: Refusal['kind'];
  /** Why; undefined for nobody. */
  readonly reason: string | undefined;
}

/** Tells an application of a refusal, in what may go on to a client. */
export function noticeOf(refusal: Refusal): RefusalNotice {
  const reason = refusal.kind === 'anonymous' ? undefined : refusal.reason;
  return Object.freeze({ ...problemOf(refusal), kind: refusal.kind, reason });
}
