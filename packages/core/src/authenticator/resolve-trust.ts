import {
  namesNoProxy,
  parseTrustedProxies,
  refuseEmpty,
  type TrustEntry,
} from '../trust/parse-trusted-proxies.js';
import type { Trust } from '../trust/trust.js';
import type { TrustedProxies } from '../trust/trusted-proxies.js';

/**
 * Parses the list of trusted proxies; gives no entries where header login is `optional`, and the list names none: then it is
 * off (D6).
 *
 * @throws {ConfigError} Like `compileTrust`.
 */
export function resolveEntries(
  trustedProxies: TrustedProxies | undefined,
  optional: boolean,
): readonly TrustEntry[] {
  if (trustedProxies !== undefined && !namesNoProxy(trustedProxies)) {
    return parseTrustedProxies(trustedProxies);
  }
  return optional ? [] : refuseEmpty(trustedProxies, MAKE_IT_SO);
}

const MAKE_IT_SO = '; if header login may be off, write optional: true';

/** Says that header login has been switched, to the operator. */
export function switchLine(trust: Trust | undefined): string {
  return trust
    ? 'header login is on: trustedProxies may name users'
    : "header login is off: trustedProxies names no proxy, and every request is nobody's; to switch it on, set TRUSTED_PROXIES to the address from which your reverse proxy connects";
}
