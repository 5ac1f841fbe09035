import type { Decision } from '../decision.js';
import { compilePolicy } from '../policy/compile-policy.js';
import type { Policy } from '../policy/policy.js';
import type { Refusal } from '../problem/problem.js';
import type { AnonymousMode } from './adapter-options.js';

/** Tells what keeps a request from its handler: undefined lets it through. */
export type Guard = (decision: Decision) => Refusal | undefined;

/** Tells whether an adapter stops a request. Nothing lets a refused one through (D1). */
export function refusalOf(decision: Decision, anonymous: AnonymousMode): Refusal | undefined {
  switch (decision.kind) {
    case 'authenticated':
      return undefined;
    case 'anonymous':
      return anonymous === 'allow' ? undefined : decision;
    case 'refused':
      return decision;
  }
}

/**
 * Compiles what `requireIdentity(policy)` asks of a decision: an identity, and one that the policy admits.
 *
 * @param policy Without it, any authenticated user passes.
 * @throws {ConfigError} `policy-invalid`
 */
export function compileGuard(policy?: Policy): Guard {
  const judge = policy === undefined ? undefined : compilePolicy(policy);
  return (decision) => {
    if (decision.kind !== 'authenticated') return refusalOf(decision, 'refuse');
    const authorization = judge?.(decision.identity);
    return authorization?.kind === 'denied' ? authorization : undefined;
  };
}
