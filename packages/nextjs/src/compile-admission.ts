import {
  compileGuard,
  type GuardArguments,
  type Identity,
  type Refusal,
} from '@trusted-header/core';
import type { DecidedRequest } from './registry.js';
import type { Undecided } from './request-decision.js';

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
): (found: DecidedRequest | Undecided) => Admission {
  const guard = compileGuard(...policy);
  return (found) => {
    if (!('decision' in found)) return found;
    const { decision, holder } = found;
    const refusal = guard(decision, holder);
    if (refusal) return { kind: 'stopped', refusal };
    return decision.kind === 'authenticated'
      ? { kind: 'admitted', identity: decision.identity }
      : { kind: 'stopped', refusal: decision };
  };
}
