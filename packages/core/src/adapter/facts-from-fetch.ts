import type { RequestFacts } from '../decision.js';

/**
 * Makes facts for a runtime that has Fetch `Headers` only and tells the TCP source address on its own (Bun, Deno).
 *
 * Fetch joins repeated lines with `, `: a repeated user or email is still refused for its comma, but repeated groups
 * look like more groups, so that the proxy must replace the client's. Never take `peer` from a header.
 *
 * @example
 * ```ts
 * import { createAuthenticator, factsFromFetch } from '@trusted-header/core';
 *
 * const { authenticate } = createAuthenticator({ trustedProxies: '172.20.0.2' });
 * const decide = (headers: Iterable<readonly [string, string]>, peer: string | undefined) =>
 *   authenticate(factsFromFetch(headers, peer));
 * ```
 */
export function factsFromFetch(
  headers: Iterable<readonly [name: string, value: string]>,
  peer: string | undefined,
): RequestFacts {
  return { peer, rawHeaders: [...headers].flat(), joined: true };
}
