import type { Denied, LoginOutcome } from '../authenticator/decision-event.js';
import { setupOf } from '../authenticator/known-authenticators.js';
import { watcherOf } from '../authenticator/watchers.js';
import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import type { Decision, Refused } from '../decision.js';
import { compilePolicy } from '../policy/compile-policy.js';
import { explainDenial } from '../policy/explain-denial.js';
import type { Policy } from '../policy/policy.js';
import type { Refusal } from '../problem/problem.js';
import type { AnonymousMode } from './adapter-options.js';
import { aboutOf, authenticatorOf } from './request-states.js';

/**
 * Tells what keeps a request from its handler: undefined lets it through.
 *
 * @param holder Where the decision is kept, for observers: they are told of the request, too.
 */
export type Guard = (decision: Decision, holder?: object) => Refusal | undefined;

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
 *
 * @param holder Where the decision is kept, for observers.
 */
export function refusalOf(
  decision: Decision,
  anonymous: AnonymousMode,
  holder?: object,
): Refusal | undefined {
  const refusal = untoldRefusalOf(decision, anonymous);
  if (refusal) tellRefusal(refusal, holder);
  return refusal;
}

/** Lets the log know of a 401 that came through the proxy (D3): for who got a refusal untold, and sends it. */
export function tellRefusal(refusal: Refusal, holder?: object): void {
  if (refusal.kind === 'anonymous') watcherOf(refusal)?.unclaimed(refusal, aboutOf(holder));
}

/** Lets the log and observers know of a denial that no policy made: the application has no such user, or it has not the role. */
export function tellDenial(decision: Decision, denied: Denied, holder?: object): void {
  if (decision.kind !== 'authenticated') return;
  watcherOf(decision)?.denied(decision, () => denied, aboutOf(holder));
}

/** Lets observers know what a login made of the decision about a request. */
export function tellLogin(decision: Decision, login: LoginOutcome, holder: object): void {
  const authenticator = authenticatorOf(holder);
  const about = aboutOf(holder);
  if (authenticator && about) setupOf(authenticator)?.loggedIn(decision, login, about);
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
  if (policy === anyUser) return (decision, holder) => refusalOf(decision, 'refuse', holder);
  const judge = compilePolicy(policy);
  return (decision, holder) => {
    const refusal = refusalOf(decision, 'refuse', holder);
    if (refusal || decision.kind !== 'authenticated') return refusal;
    const authorization = judge(decision.identity);
    if (authorization.kind !== 'denied') return undefined;
    const { reason } = authorization;
    const watcher = watcherOf(decision);
    const explain = () => ({
      reason,
      detail: explainDenial(policy, decision.identity, reason, watcher?.groupsHeader),
    });
    watcher?.denied(decision, explain, aboutOf(holder));
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
