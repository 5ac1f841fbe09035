import type { PolicyDenial } from '../decision.js';

/** Which identities a route admits. Given conditions are ANDed; a policy without a condition admits nobody. */
export interface Policy {
  /** Admitted users. An empty list admits nobody. */
  readonly users?: readonly string[];
  readonly groups?: {
    /** At least one of these. An empty list admits nobody. */
    readonly anyOf?: readonly string[];
    /** Every one of these. An empty list admits nobody. */
    readonly allOf?: readonly string[];
  };
  /**
   * How names are compared: `exact` (default), code point for code point, or `lower`: both sides lower-cased, but for
   * characters whose lower case has another upper case (KELVIN SIGN is no `k`, `İ` no `i`).
   */
  readonly match?: 'exact' | 'lower';
}

/** What an identity may do. */
export type Authorization =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied'; readonly reason: PolicyDenial };
