import { ipaddr } from '#ipaddr';

/** Writes an address in canonical form: dotted decimal, or RFC 5952. Loads ipaddr.js: for words, and not for requests. */
export function formatAddress(family: 4 | 6, words: ArrayLike<number>): string {
  return toIpaddr(family, words).toString();
}

/**
 * Names the special-purpose range that an address lies in, by ipaddr.js's names (`private`, `uniqueLocal`, `unicast` …), for the audit.
 * Loads ipaddr.js.
 */
export function nameRange(family: 4 | 6, words: ArrayLike<number>): string {
  return toIpaddr(family, words).range();
}

function toIpaddr(family: 4 | 6, words: ArrayLike<number>) {
  const bytes: number[] = [];
  for (let i = 0; i < (family === 4 ? 1 : 4); i++) {
    const word = words[i] ?? 0;
    bytes.push(word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
  }
  return ipaddr().fromByteArray(bytes);
}
