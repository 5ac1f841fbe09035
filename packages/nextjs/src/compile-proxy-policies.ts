import {
  type anyUser,
  ConfigError,
  compileGuard,
  configIssue,
  type Guard,
  type Policy,
} from '@trusted-header/core';
import { compilePolicies, noFinder, type PolicyFinder } from './compile-policies.js';
import type { TrustedHeaderProxyOptions } from './trusted-header-proxy.js';

/**
 * Compiles what `trustedHeaderProxy` is told about paths.
 *
 * @throws {ConfigError} `policy-invalid`; `option-invalid` for names that it does not know: a misspelt `policies` would
 *   protect nothing.
 */
export function compileProxyPolicies(options: TrustedHeaderProxyOptions): PolicyFinder<Guard> {
  checkNames(options);
  return 'policies' in options ? compilePolicies(options.policies, guardOf) : noFinder();
}

const NAMES = ['anonymous', 'policies', 'onRefusal'];

function checkNames(options: object): void {
  const issues = Object.keys(options)
    .filter((name) => !NAMES.includes(name))
    .map((name) => configIssue(name, name, 'is not a setting', `write one of ${NAMES.join(', ')}`));
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

function guardOf(policy: Policy | typeof anyUser): Guard {
  if (typeof policy === 'object' && policy !== null && 'role' in policy) {
    const instead = 'write it in followSession({ policies }) of signIn';
    throw new ConfigError('policy-invalid', [
      configIssue('policy', policy, 'names a role', instead),
    ]);
  }
  return compileGuard(policy);
}
