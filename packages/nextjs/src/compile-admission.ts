import { compileGuard, type Identity, type Policy, type Refusal } from '@trusted-header/core';
import type { RequestDecision, Undecided } from './request-decision.js';

/** What comes of a request for something that a policy protects. */
export type Admission =
  | { readonly kind: 'admitted'; readonly identity: Identity }
  | { readonly kind: 'stopped'; readonly refusal: Refusal }
  | Undecided;

/**
 * Compiles what a policy makes of decisions.
 *
 * @param policy Without it, any authenticated user passes.
 * @throws {ConfigError} `policy-invalid`
 */
export function compileAdmission(policy?: Policy): (decision: RequestDecision) => Admission {
  const guard = compileGuard(policy);
  return (decision) => {
    if (decision.kind === 'undecided') return decision;
    if (decision.kind !== 'authenticated') return { kind: 'stopped', refusal: decision };
    const refusal = guard(decision);
    return refusal
      ? { kind: 'stopped', refusal }
      : { kind: 'admitted', identity: decision.identity };
  };
}
