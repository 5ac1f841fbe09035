import {
  type AsyncAuthenticator,
  type Authenticator,
  ConfigError,
  configIssue,
  setupOf,
  withProof,
} from '@trusted-header/core';
import { assertionProof } from './assertion-proof.js';
import type { AssertionProvider } from './providers/provider.js';
import { makeVerifier } from './verifier/make-verifier.js';
import type { Verifier } from './verifier/verifier.js';
import type { VerifierOptions } from './verifier/verifier-options.js';

/**
 * Makes an authenticator that believes a user only with a signed assertion of the provider's, and then believes what the assertion says.
 * Every adapter takes it like one of `createAuthenticator`.
 *
 * Refuses identity headers without an assertion, and those that name another user than it does. Groups, name and email are the
 * assertion's. The source is judged first, as without it: a good token from a stranger's address is refused.
 *
 * @param by Whose assertions: `cloudflareAccess({ … })`, `authentik({ … })` …; or a verifier of {@link createVerifier}, to wait for its keys.
 * @throws {ConfigError} `option-invalid`
 *
 * @example
 * ```ts
 * import { cloudflareAccess, withAssertion } from '@trusted-header/assertion';
 * import { createAuthenticator } from '@trusted-header/core';
 *
 * export const authenticator = withAssertion(
 *   createAuthenticator({ trustedProxies: process.env.TRUSTED_PROXIES }),
 *   cloudflareAccess({
 *     team: 'example',
 *     audience: '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228',
 *   }),
 * );
 * ```
 */
export function withAssertion(
  authenticator: Authenticator,
  by: AssertionProvider | Verifier,
  options?: VerifierOptions,
): AsyncAuthenticator {
  if (!isVerifier(by)) {
    const verifier = makeVerifier(by, options, undefined, setupOf(authenticator)?.notify);
    return withProof(authenticator, assertionProof(verifier));
  }
  if (options === undefined) return withProof(authenticator, assertionProof(by));
  throw new ConfigError('option-invalid', [
    configIssue('options', options, 'come too late', 'give them to createVerifier'),
  ]);
}

function isVerifier(by: AssertionProvider | Verifier): by is Verifier {
  return Object(by) === by && 'verify' in by;
}
