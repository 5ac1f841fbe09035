import type { Decision, DecisionWarning } from '../decision.js';

/** What observers are told about a decision. Holds no header value but those of an authenticated identity. */
export interface DecisionEvent {
  readonly decision: Decision;
  readonly warnings: readonly DecisionWarning[];
}
