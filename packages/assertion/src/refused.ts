import type { RefusalReason, Verdict } from '@trusted-header/core';

/** A verdict that refuses. */
export type RefusedVerdict = Extract<Verdict, { readonly kind: 'refused' }>;

/** The reasons that are this package's. */
export type AssertionReason = Extract<RefusalReason, `assertion-${string}`>;

/**
 * Makes a refusal.
 *
 * @param detail For the operator. Holds nothing of the token but `kid` and `alg`, and those by {@link showId} only.
 */
export function refused(reason: AssertionReason, detail?: string): RefusedVerdict {
  return detail === undefined ? { kind: 'refused', reason } : { kind: 'refused', reason, detail };
}

/**
 * Shows a `kid` or an `alg` in a line: letters, digits and a few marks, at most 80. Anything else is called what it is: a client
 * chooses these texts before anybody has verified them.
 */
export function showId(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' && /^[\w.:+/=-]{1,80}$/.test(value) ? value : 'no plain text';
}
