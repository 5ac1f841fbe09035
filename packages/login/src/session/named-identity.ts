import { type Decision, type Identity, refusalOf } from '@trusted-header/core';

/**
 * Gives whom a decision names, if it names somebody. Refuses what is no decision of ours (D5), and a user without a name, which
 * core never decides: it would be the same person as every other.
 */
export function namedIdentity(decision: Decision): Identity | undefined {
  if (isRefused(decision) || decision.kind !== 'authenticated') return undefined;
  return decision.identity;
}

/** Tells whether a claim is refused, or what should be a decision is none. */
export function isRefused(decision: Decision): boolean {
  if (refusalOf(decision, 'allow') !== undefined) return true;
  return decision.kind === 'authenticated' && decision.identity.user === '';
}
