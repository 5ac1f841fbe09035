import { ConfigError, configIssue } from '@trusted-header/core';
import { type RoleGuard, roleGuard } from '@trusted-header/login';
import { compilePolicies, type PathPolicies, type PolicyFinder } from './compile-policies.js';

/** What a path asks for: a role of `signIn`, or a higher one. */
export interface RolePolicy<Role extends string> {
  readonly role: Role;
}

/**
 * Compiles roles per path.
 *
 * @param names All roles of the login.
 * @throws {ConfigError} `policy-invalid`: as {@link compilePolicies}, and where there is no such role.
 */
export function compileRolePolicies<Role extends string>(
  policies: PathPolicies<RolePolicy<Role>> | undefined,
  names: readonly Role[],
): PolicyFinder<RoleGuard> {
  return compilePolicies(policies, (policy) => {
    check(policy, names);
    return roleGuard(policy.role);
  });
}

function check(policy: unknown, names: readonly string[]): void {
  if (typeof policy !== 'object' || policy === null) {
    throw fault('policy', policy, 'is no role', "write { role: 'admin' }");
  }
  const [stray] = Object.keys(policy).filter((name) => name !== 'role');
  if (stray !== undefined) {
    throw fault(`policy.${stray}`, stray, 'is not a setting', "write { role: 'admin' }");
  }
  const role: unknown = Reflect.get(policy, 'role');
  if (names.some((name) => name === role)) return;
  const instead =
    names.length > 0
      ? `write one of ${names.join(', ')}`
      : 'give signIn({ roles: defineRoles({ … }) })';
  throw fault('policy.role', role, 'is no role of this login', instead);
}

function fault(...issue: Parameters<typeof configIssue>): ConfigError {
  return new ConfigError('policy-invalid', [configIssue(...issue)]);
}
