import {
  compileGuard,
  type GuardArguments,
  type Identity,
  type Refusal,
} from '@trusted-header/core';
import type { RequestDecision, Undecided } from './request-decision.js';

/** What comes of a request for something that a policy protects. */
export type Admission =
  | { readonly kind: 'admitted'; readonly identity: Identity }
  | { readonly kind: 'stopped'; readonly refusal: Refusal }
  | Undecided;

/**
 * Compiles what a policy makes of decisions.
 *
 * @param policy Without it, or with `anyUser`, any authenticated user passes; one that is given and undefined is an error.
 * @throws {ConfigError} `policy-invalid`
 */
export function compileAdmission(
  ...policy: GuardArguments
): (decision: RequestDecision) => Admission {
  const guard = compileGuard(...policy);
  return (decision) => {
    if (decision.kind === 'undecided') return decision;
    const refusal = guard(decision);
    if (refusal) return { kind: 'stopped', refusal };
    return decision.kind === 'authenticated'
      ? { kind: 'admitted', identity: decision.identity }
      : { kind: 'stopped', refusal: decision };
  };
}
