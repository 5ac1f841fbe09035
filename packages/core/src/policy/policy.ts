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
  /** How names are compared: `exact` (default) or `lower` (both sides lower-cased). */
  readonly match?: 'exact' | 'lower';
}

/** Why an identity is not admitted. */
export type DenialReason = 'user-not-allowed' | 'group-missing' | 'policy-empty';

/** What an identity may do. */
export type Authorization =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied'; readonly reason: DenialReason };
