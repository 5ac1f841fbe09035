import { compileTrust, type Trust } from '../trust/compile-trust.js';
import { namesNoProxy, refuseEmpty } from '../trust/parse-trusted-proxies.js';
import type { TrustedProxies } from '../trust/trusted-proxies.js';

/**
 * Compiles the list of trusted proxies; gives undefined where header login is `optional`, and the list names none: then it is
 * off (D6).
 *
 * @throws {ConfigError} Like {@link compileTrust}.
 */
export function resolveTrust(
  trustedProxies: TrustedProxies | undefined,
  optional: boolean,
): Trust | undefined {
  if (trustedProxies !== undefined && !namesNoProxy(trustedProxies)) {
    return compileTrust(trustedProxies);
  }
  return optional ? undefined : refuseEmpty(trustedProxies, MAKE_IT_SO);
}

const MAKE_IT_SO = '; if header login may be off, write optional: true';

/** Says that header login has been switched, to the operator. */
export function switchLine(trust: Trust | undefined): string {
  return trust
    ? 'header login is on: trustedProxies may name users'
    : "header login is off: trustedProxies names no proxy, and every request is nobody's; to switch it on, set TRUSTED_PROXIES to the address from which your reverse proxy connects";
}
