import { ConfigError, compileTrust, configIssue, type Identity } from '@trusted-header/core';
import { nameTestSource, type TestSource } from '@trusted-header/node';
import { type IdentityHeadersOptions, identityHeaders } from './identity-headers.js';

/** How a test's request comes from the proxy. */
export interface AsUserOptions extends IdentityHeadersOptions {
  /**
   * The address of the proxy, as in the application's `trustedProxies`; `unix:/run/app.sock` for a socket. Default `127.0.0.1`.
   * Another address is a stranger's: the application refuses it.
   */
  readonly peer?: string;
}

/**
 * Makes a request of a test come from the proxy, naming somebody: for an application in the process of the test, which is built
 * as in production. Pass it to `inject()`, `app.request()` or `fetch`, and its `headers` to supertest.
 *
 * The application believes it by its own `trustedProxies` and profile. One of the headers says where the request comes from; its value
 * is random, and known in this process only.
 *
 * @throws {ConfigError} `option-invalid`, where the profile cannot carry that identity; `profile-invalid`
 * @throws {Error} Where no test runner has started the process: nothing of it works there.
 *
 * @example
 * ```ts
 * import { asUser } from '@trusted-header/testing';
 * import { Hono } from 'hono';
 *
 * const app = new Hono(); // your own
 * const answer = await app.request('/api/me', asUser({ user: 'alice', groups: ['admin'] }));
 * ```
 */
export function asUser(
  identity: Identity,
  options: AsUserOptions = {},
): { readonly headers: Record<string, string> } {
  const [name, value] = nameTestSource(sourceOf(options.peer ?? '127.0.0.1'));
  return { headers: { ...identityHeaders(identity, options), [name]: value } };
}

function sourceOf(peer: string): TestSource {
  const source = peer.startsWith('unix:')
    ? { peer: undefined, unixSocket: peer.slice('unix:'.length) }
    : { peer };
  if (isOne(peer, source)) return source;
  const instead = "write that of the proxy, such as '172.20.0.2', or 'unix:/run/app.sock'";
  throw new ConfigError('option-invalid', [
    configIssue('peer', peer, 'is not one address', instead),
  ]);
}

/** An address trusts itself: a block, a name and a list do not. */
function isOne(entry: string, { peer, unixSocket = '' }: TestSource): boolean {
  try {
    const trust = compileTrust([entry]);
    return peer === undefined ? trust.hasUnixSocket(unixSocket) : trust.has(peer);
  } catch {
    return false;
  }
}
