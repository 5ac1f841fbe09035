import { type Block, covers, type Words } from './block.js';

/** Special-purpose ranges that a request's refusal, or a list that lives, hangs on, by the names that ipaddr.js has for them. */
export type SpecialRange =
  | 'unspecified'
  | 'loopback'
  | 'private'
  | 'uniqueLocal'
  | 'carrierGradeNat'
  | 'linkLocal'
  | 'multicast'
  | 'broadcast';

/** IANA's registries of special-purpose addresses (RFC 6890), and multicast. None of them lies within another. */
export const SPECIAL_RANGES: readonly (readonly [range: SpecialRange, block: Block])[] = [
  ['unspecified', ipv4(0x00000000, 8)], // 0.0.0.0/8, RFC 791
  ['private', ipv4(0x0a000000, 8)], // 10.0.0.0/8, RFC 1918
  ['carrierGradeNat', ipv4(0x64400000, 10)], // 100.64.0.0/10, RFC 6598
  ['loopback', ipv4(0x7f000000, 8)], // 127.0.0.0/8, RFC 1122
  ['linkLocal', ipv4(0xa9fe0000, 16)], // 169.254.0.0/16, RFC 3927
  ['private', ipv4(0xac100000, 12)], // 172.16.0.0/12, RFC 1918
  ['private', ipv4(0xc0a80000, 16)], // 192.168.0.0/16, RFC 1918
  ['multicast', ipv4(0xe0000000, 4)], // 224.0.0.0/4, RFC 5771
  ['broadcast', ipv4(0xffffffff, 32)], // 255.255.255.255, RFC 919
  ['unspecified', ipv6([0, 0, 0, 0], 128)], // ::, RFC 4291
  ['loopback', ipv6([0, 0, 0, 1], 128)], // ::1, RFC 4291
  ['uniqueLocal', ipv6([0xfc000000, 0, 0, 0], 7)], // fc00::/7, RFC 4193
  ['linkLocal', ipv6([0xfe800000, 0, 0, 0], 10)], // fe80::/10, RFC 4291
  ['multicast', ipv6([0xff000000, 0, 0, 0], 8)], // ff00::/8, RFC 4291
];

/** Tells in which special-purpose range an address lies; undefined for those that are anybody's. */
export function rangeOf(family: 4 | 6, words: ArrayLike<number>): SpecialRange | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = Array.from(words);
  const one: Block = family === 4 ? ipv4(a, 32) : ipv6([a, b, c, d], 128);
  return SPECIAL_RANGES.find(([, block]) => covers(block, one))?.[0];
}

/* @__NO_SIDE_EFFECTS__ */ function ipv4(address: number, prefix: number): Block {
  return { family: 4, words: [address, 0, 0, 0], prefix };
}

/* @__NO_SIDE_EFFECTS__ */ function ipv6(words: Words, prefix: number): Block {
  return { family: 6, words, prefix };
}
