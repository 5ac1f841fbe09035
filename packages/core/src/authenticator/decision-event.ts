import type { Decision } from '../decision.js';

/** Something odd about a claim that did not cost the login. Holds no header value. */
export interface DecisionWarning {
  readonly code: 'name-dropped';
  /** The configured header, as the profile spells it. */
  readonly header: string;
}

/** What observers are told about a decision. */
export interface DecisionEvent {
  readonly decision: Decision;
  readonly warnings: readonly DecisionWarning[];
}
