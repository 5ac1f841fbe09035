import type { Denied } from '../authenticator/decision-event.js';
import { watcherOf } from '../authenticator/watchers.js';
import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import type { Decision, Refused } from '../decision.js';
import { compilePolicy } from '../policy/compile-policy.js';
import { explainDenial } from '../policy/explain-denial.js';
import type { Policy } from '../policy/policy.js';
import type { Refusal } from '../problem/problem.js';
import type { AnonymousMode } from './adapter-options.js';

/** Tells what keeps a request from its handler: undefined lets it through. */
export type Guard = (decision: Decision) => Refusal | undefined;

/** What a guard asks for: nothing given, or a policy. */
export type GuardArguments = readonly [policy?: Policy | typeof anyUser];

/** In the place of a policy: any authenticated user passes. */
export const anyUser: unique symbol = Symbol.for('@trusted-header/core any user');

/** What no code of ours has decided is nobody's (D5). */
const UNKNOWN: Refused = Object.freeze({ kind: 'refused', reason: 'decision-unknown' });

/**
 * Tells whether an adapter stops a request, and lets the log know of a 401 that came through the proxy (D3). Nothing lets a
 * refused one through (D1), nor anything that is no decision: a promise of one, or what another library has put in its place
 * (D5).
 */
export function refusalOf(decision: Decision, anonymous: AnonymousMode): Refusal | undefined {
  const refusal = untoldRefusalOf(decision, anonymous);
  if (refusal) tellRefusal(refusal);
  return refusal;
}

/** Lets the log know of a 401 that came through the proxy (D3): for who got a refusal untold, and sends it. */
export function tellRefusal(refusal: Refusal): void {
  if (refusal.kind === 'anonymous') watcherOf(refusal)?.unclaimed(refusal);
}

/** Lets the log and observers know of a denial that no policy made: the application has no such user, or it has not the role. */
export function tellDenial(decision: Decision, denied: Denied): void {
  if (decision.kind === 'authenticated') watcherOf(decision)?.denied(decision, () => denied);
}

/** The same as {@link refusalOf}, for who does not know yet who answers. The log knows nothing of it. */
export function untoldRefusalOf(decision: Decision, anonymous: AnonymousMode): Refusal | undefined {
  switch (decision?.kind) {
    case 'authenticated':
      return typeof decision.identity?.user === 'string' ? undefined : UNKNOWN;
    case 'anonymous':
      return anonymous === 'allow' ? undefined : decision;
    case 'refused':
      return decision;
    default:
      return UNKNOWN;
  }
}

/**
 * Compiles what `requireIdentity(policy)` asks of a decision: an identity, and one that the policy admits.
 *
 * A policy that is given and undefined is an error (D4): `compileGuard(policies.admins)` with the key misspelt would let
 * everybody in.
 *
 * @param given A policy; nothing, or `anyUser`, for any authenticated user.
 * @throws {ConfigError} `policy-invalid`
 */
export function compileGuard(...given: GuardArguments): Guard {
  const [policy = anyUser] = given;
  if (given.length > 0 && given[0] === undefined) throw undefinedPolicy();
  if (policy === anyUser) return (decision) => refusalOf(decision, 'refuse');
  const judge = compilePolicy(policy);
  return (decision) => {
    const refusal = refusalOf(decision, 'refuse');
    if (refusal || decision.kind !== 'authenticated') return refusal;
    const authorization = judge(decision.identity);
    if (authorization.kind !== 'denied') return undefined;
    const { reason } = authorization;
    const watcher = watcherOf(decision);
    watcher?.denied(decision, () => ({
      reason,
      detail: explainDenial(policy, decision.identity, reason, watcher.groupsHeader),
    }));
    return authorization;
  };
}

function undefinedPolicy(): ConfigError {
  return new ConfigError('policy-invalid', [
    configIssue(
      'policy',
      undefined,
      'was given, and is undefined',
      "write { groups: { anyOf: ['admin'] } }; for any user leave it out, or write anyUser",
    ),
  ]);
}
