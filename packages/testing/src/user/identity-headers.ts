import type { HeaderProfile, Identity, ProfileId } from '@trusted-header/core';
import { requireProfile } from '../client/find-profile.js';
import { identityLines } from '../client/identity-lines.js';
import { checkCarried } from './check-carried.js';

/** How a proxy names somebody. */
export interface IdentityHeadersOptions {
  /** Which headers the proxy sends, as in the application. Default `authelia`. */
  readonly profile?: HeaderProfile | ProfileId;
  /** What the proxy sends besides, with each request: `X-Forwarded-Proto`, a shared secret. */
  readonly proxyHeaders?: Readonly<Record<string, string>>;
}

/**
 * Gives the headers by which a proxy names somebody, encoded as it does: for an application in another process, which is
 * called from an address that it trusts (Playwright's `extraHTTPHeaders`, `fetch`). In the process of the test: `asUser`.
 *
 * Refuses what core would not read exactly as it was given: a group with the profile's separator in it, an empty name.
 *
 * @throws {ConfigError} `option-invalid`; `profile-invalid`
 *
 * @example
 * ```ts
 * import { identityHeaders } from '@trusted-header/testing';
 *
 * const headers = identityHeaders({ user: 'jürgen', groups: ['ops'] });
 * const answer = await fetch('http://127.0.0.1:3000/api/me', { headers });
 * ```
 */
export function identityHeaders(
  identity: Identity,
  options: IdentityHeadersOptions = {},
): Record<string, string> {
  const profile = requireProfile(options.profile);
  const lines = identityLines(identity, profile);
  checkCarried(identity, profile, lines);
  return { ...options.proxyHeaders, ...Object.fromEntries(lines) };
}
