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
 * @param given A policy; nothing, or `anyUser`, for any authenticated user. One that is undefined is refused.
 * @throws {ConfigError} `policy-invalid`
 */
export function compileAdmission(
  ...given: GuardArguments
): (decision: RequestDecision) => Admission {
  const guard = compileGuard(...given);
  return (decision) => {
    if (decision.kind === 'undecided') return decision;
    if (decision.kind !== 'authenticated') return { kind: 'stopped', refusal: decision };
    const refusal = guard(decision);
    return refusal
      ? { kind: 'stopped', refusal }
      : { kind: 'admitted', identity: decision.identity };
  };
}
