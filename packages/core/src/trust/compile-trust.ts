import type { Block } from '../address/block.js';
import { compileBlockTable } from './compile-block-table.js';
import { parseTrustedProxies, type TrustEntry } from './parse-trusted-proxies.js';
import { createTrust, type Trust, type TrustTables } from './trust.js';
import type { TrustedProxies } from './trusted-proxies.js';

/**
 * Compiles addresses and CIDR blocks into a predicate that tells whether a TCP peer may name users.
 *
 * An IPv4-mapped peer (`::ffff:10.0.0.7`, what a dual-stack Node server reports) is judged as the IPv4
 * address inside it; a zone (`fe80::1%eth0`) is dropped. Refuses `/0`, host bits, netmasks, host names and zones in
 * the list (T1–T4), and every peer that is not strictly an address.
 *
 * @param trustedProxies At least one address (`10.0.0.7`), block (`10.1.0.0/16`, RFC 4632; `2001:db8::/32`,
 *   RFC 4291), listener socket (`unix:/run/app.sock`) or name (`loopback`, `linklocal`, `uniquelocal`). Name the
 *   proxy, not its network: any container on a trusted network can name any user. `dns:name`, `file:/path` and
 *   `https://host/path` hold nobody here: who looks them up is an authenticator's `watchTrustedProxies`.
 * @throws {ConfigError} `trusted-proxies-empty`, `trusted-proxy-invalid`; every bad entry in one error.
 *
 * @example
 * ```ts
 * import { compileTrust } from '@trusted-header/core';
 *
 * const trust = compileTrust(['172.20.0.2', '2001:db8::/64']);
 * trust.has('::ffff:172.20.0.2'); // true
 * trust.has('172.20.0.3'); // false
 * ```
 */
export function compileTrust(trustedProxies: TrustedProxies): Trust {
  return compileEntries(parseTrustedProxies(trustedProxies));
}

/** Compiles entries that are understood already. */
export function compileEntries(entries: readonly TrustEntry[]): Trust {
  return createTrust(compileTables(entries));
}

/** In a function of its own: what is parsed here must not live on in the closures that judge peers. */
function compileTables(entries: readonly TrustEntry[]): TrustTables {
  const blocks = entries.flatMap((entry) => entry.blocks);
  const only = (test: (block: Block) => boolean) => blocks.filter(test);
  return {
    ipv4: compileBlockTable(
      only(({ family }) => family === 4),
      1,
    ),
    wide: compileBlockTable(
      only(({ family, prefix }) => family === 6 && prefix <= 64),
      2,
    ),
    narrow: compileBlockTable(
      only(({ family, prefix }) => family === 6 && prefix > 64),
      4,
    ),
    sockets: new Set(entries.flatMap(({ unixSocket }) => unixSocket ?? [])),
  };
}
