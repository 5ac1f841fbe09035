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
 * @throws {ConfigError} `policy-invalid`
 */
export function compileProxyPolicies(options: TrustedHeaderProxyOptions): PolicyFinder<Guard> {
  return 'policies' in options ? compilePolicies(options.policies, guardOf) : noFinder();
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
