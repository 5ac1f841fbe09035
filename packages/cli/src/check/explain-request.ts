import {
  type AuditFinding,
  auditTrustedProxies,
  createAuthenticator,
  type Decision,
  type DecisionWarning,
  type HeaderProfile,
  type Limits,
  problemOf,
  type RequiredValue,
  type TrustedProxies,
} from '@trusted-header/core';
import { type Explanation, explanationOf } from './explanations.js';

/** A request as the application would see it, and the settings to judge it by. */
export interface CheckInput {
  readonly trustedProxies: TrustedProxies;
  readonly profile: HeaderProfile;
  readonly required?: readonly RequiredValue[];
  readonly limits?: Partial<Limits>;
  readonly peer: string | undefined;
  readonly unixSocket?: string | undefined;
  readonly rawHeaders: readonly string[];
}

/** A decision, and why. */
export interface CheckResult extends Explanation {
  readonly decision: Decision;
  /** What the client gets; absent where the handler runs. */
  readonly status?: number;
  /** What the application would log; absent where nothing is refused. */
  readonly log?: string;
  /** Oddities that did not cost the login. */
  readonly warnings: readonly string[];
  /** What is unwise about the list of trusted proxies. */
  readonly findings: readonly AuditFinding[];
}

/** Node drops the header lines behind these. */
const MOST_LINES = 1000;

/**
 * Decides about a request exactly as an application would, and explains the decision.
 *
 * @throws {ConfigError} For a list or profile that an application would refuse to start with.
 *
 * @example
 * ```ts
 * import { explainRequest } from '@trusted-header/cli';
 * import { authelia } from '@trusted-header/core/profiles';
 *
 * const { decision, rule, change } = explainRequest({
 *   trustedProxies: '172.20.0.2',
 *   profile: authelia,
 *   peer: '172.20.0.9',
 *   rawHeaders: ['Remote-User', 'john'],
 * });
 * console.log(decision.kind, rule, change); // refused T3 …
 * ```
 */
export function explainRequest(input: CheckInput): CheckResult {
  const { trustedProxies, profile, required, limits, peer, unixSocket, rawHeaders } = input;
  const warnings: string[] = [];
  let log: string | undefined;
  const authenticator = createAuthenticator({
    trustedProxies,
    profile,
    ...(required && { required }),
    ...(limits && { limits }),
    log: (line) => {
      log = line;
    },
    onDecision: (event) => {
      warnings.push(...event.warnings.map(warningText));
    },
  });
  const truncated = rawHeaders.length / 2 >= MOST_LINES;
  const decision = authenticator.authenticate({ peer, unixSocket, truncated, rawHeaders });
  return {
    decision,
    ...explanationOf(decision, { peer, profile }),
    ...(decision.kind !== 'authenticated' && { status: problemOf(decision).status }),
    ...(log !== undefined && { log }),
    warnings,
    findings: auditTrustedProxies(trustedProxies),
  };
}

function warningText({ code, header, detail }: DecisionWarning): string {
  const what = code === 'group-dropped' ? `a group of ${header}` : header;
  return `${what} is not a clean value (${detail}) and was left out; the login went on without it`;
}
