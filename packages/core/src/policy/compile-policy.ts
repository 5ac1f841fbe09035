import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue, isListOf, isObject, unknownNames } from '../config/config-issue.js';
import type { Identity, PolicyDenial } from '../decision.js';
import { lowerCase } from './lower-case.js';
import type { Authorization, Policy } from './policy.js';

// Requests share it, so that nobody may change it.
const ALLOWED: Authorization = Object.freeze({ kind: 'allowed' });

/**
 * Compiles a policy (P1) into a function that tells whether it admits an identity.
 *
 * All given conditions must hold. An empty list, and a policy without a condition, admit nobody. Names are compared code
 * point for code point, as the proxy sent them (H5).
 *
 * @throws {ConfigError} `policy-invalid`: unknown names, `groups` without a condition beside `users`, and lists that are no lists of
 *   strings.
 */
export function compilePolicy(policy: Policy): (identity: Identity) => Authorization {
  checkPolicy(policy);
  const fold = policy.match === 'lower' ? lowerCase : exact;
  const users = setOf(policy.users);
  const anyOf = setOf(policy.groups?.anyOf);
  const allOf = setOf(policy.groups?.allOf);
  if (!users && !anyOf && !allOf) return () => deny('policy-empty');

  return (identity) => {
    const { user } = identity;
    // Its own: a polluted Object.prototype must not put anybody into a group.
    const groups = (Object.hasOwn(identity, 'groups') && identity.groups) || [];
    if (users && !users.has(fold(user))) return deny('user-not-allowed');
    const held = new Set(groups.map(fold));
    if (anyOf && !overlaps(anyOf, held)) return deny('group-missing');
    if (allOf && !(allOf.size > 0 && isSubset(allOf, held))) return deny('group-missing');
    return ALLOWED;
  };

  function setOf(names: readonly string[] | undefined): ReadonlySet<string> | undefined {
    return names && new Set(names.map(fold));
  }
}

/**
 * Tells whether a policy admits an identity: {@link compilePolicy} for one question.
 *
 * @throws {ConfigError} `policy-invalid`
 *
 * @example
 * ```ts
 * import { authorize } from '@trusted-header/core';
 *
 * authorize({ user: 'john', groups: ['dev'] }, { groups: { anyOf: ['admin'] } });
 * // { kind: 'denied', reason: 'group-missing' }
 * ```
 */
export function authorize(identity: Identity, policy: Policy): Authorization {
  return compilePolicy(policy)(identity);
}

function deny(reason: PolicyDenial): Authorization {
  return { kind: 'denied', reason };
}

function exact(text: string): string {
  return text;
}

function overlaps(wanted: ReadonlySet<string>, held: ReadonlySet<string>): boolean {
  return [...wanted].some((name) => held.has(name));
}

function isSubset(wanted: ReadonlySet<string>, held: ReadonlySet<string>): boolean {
  return [...wanted].every((name) => held.has(name));
}

function checkPolicy(policy: Policy): void {
  const isNoPolicy = !isObject(policy) || Array.isArray(policy);
  if (isNoPolicy || (policy.groups !== undefined && !isObject(policy.groups))) {
    throw new ConfigError('policy-invalid', [
      configIssue('policy', policy, 'is not a policy', "write { groups: { anyOf: ['admin'] } }"),
    ]);
  }
  const { users, groups = {}, match } = policy;
  const issues = [
    ...unknownNames('policy.', policy, ['users', 'groups', 'match']),
    ...unknownNames('policy.groups.', groups, ['anyOf', 'allOf']),
    ...checkList('policy.users', users, 'users' in policy),
    ...checkList('policy.groups.anyOf', groups.anyOf, 'anyOf' in groups),
    ...checkList('policy.groups.allOf', groups.allOf, 'allOf' in groups),
  ];
  // The user alone would be enough. Where nothing else is asked for, nobody is admitted.
  if ('users' in policy && 'groups' in policy && Object.keys(groups).length === 0) {
    const instead = "write for example { anyOf: ['admin'] }, or leave it out";
    issues.push(configIssue('policy.groups', policy.groups, 'asks for no group', instead));
  }
  if (match !== undefined && match !== 'exact' && match !== 'lower') {
    issues.push(configIssue('policy.match', match, 'is not a choice', "write 'exact' or 'lower'"));
  }
  if (issues.length > 0) throw new ConfigError('policy-invalid', issues);
}

/** A list that is there but undefined is an unset variable, not a missing condition. */
function checkList(option: string, list: unknown, isGiven: boolean): ConfigIssue[] {
  if (!isGiven) return [];
  if (isListOf(list, (name) => typeof name === 'string')) return [];
  return [configIssue(option, list, 'is not a list of names', "write for example ['admin']")];
}
