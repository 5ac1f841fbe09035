import type { Decision, DecisionWarning, DenialReason, Refused } from '../decision.js';

/** What a policy denied, and why. Holds what the route asks for, and nothing of what the user has. */
export interface Denied {
  readonly reason: DenialReason;
  readonly detail: string;
}

/** What observers are told about a decision. Holds no header value but those of an authenticated identity. */
export interface DecisionEvent {
  readonly decision: Decision;
  readonly warnings: readonly DecisionWarning[];
  /** What a claim that `untrusted: 'ignore'` passed over would have been otherwise. */
  readonly ignored?: Refused;
  /** Nobody was named under the configured headers, and somebody as the profile of this id does (H15). */
  readonly looksLike?: string;
  /** A guard's policy did not admit the user: told after the event of the decision itself. */
  readonly denied?: Denied;
}
