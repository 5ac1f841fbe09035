import { ConfigError, configIssue, sharedState } from '@trusted-header/core';

/** The provider may be of one copy of this package, and what compares of another (A8). */
const comparison = sharedState('comparison of authjs', () => ({ callbacks: false, jwt: false }));

/** What an application has to write, by the option of Auth.js. */
const INSTEAD = {
  callbacks: 'write trustedHeaderCallbacks({ getDecision })',
  jwt: 'write trustedHeaderJwt({ getDecision, decode }), with decode of next-auth/jwt',
} as const;

/** Remembers that sessions are compared there. */
export function installComparison(option: keyof typeof INSTEAD): void {
  comparison[option] = true;
}

/**
 * Refuses to sign anybody in while sessions are not compared everywhere: Auth.js keeps a session for a month, whoever the proxy names by
 * then, and connects accounts of other providers to whom it decodes.
 *
 * @throws {ConfigError} `option-invalid` where `trustedHeaderCallbacks` or `trustedHeaderJwt` has not been called.
 */
export function assertComparison(): void {
  const issues = (['callbacks', 'jwt'] as const)
    .filter((option) => !comparison[option])
    .map((option) => configIssue(option, undefined, 'compares no session', INSTEAD[option]));
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}
