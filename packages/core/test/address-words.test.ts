import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { type Block, lastAddressOf } from '../src/address/block.js';
import { formatAddress } from '../src/address/format-address.js';
import { parseAddress } from '../src/address/parse-address.js';
import { rangeOf, SPECIAL_RANGES, type SpecialRange } from '../src/address/special-ranges.js';
import { ipv4Number, ipv6Groups, runs } from './arbitraries.js';

// Words about addresses are ipaddr.js's. What a request's refusal or a list that lives hangs on is ours, and held equal to it.

type Words = readonly [number, number, number, number];

const ipv4 = ipv4Number.map((address): readonly [4, Words] => [4, [address, 0, 0, 0]]);
const ipv6 = ipv6Groups.map((groups): readonly [6, Words] => {
  const word = (at: number) => (((groups[at] ?? 0) << 16) | (groups[at + 1] ?? 0)) >>> 0;
  return [6, [word(0), word(2), word(4), word(6)]];
});

/** Addresses at both ends of each range, and their neighbours: random ones hardly ever are. */
const atAnEnd = fc
  .tuple(fc.constantFrom(...SPECIAL_RANGES), fc.boolean(), fc.constantFrom(-1, 0, 1))
  .map(([[, block], isLast, step]): readonly [4 | 6, Words] => [
    block.family,
    neighbourOf(block, isLast, step),
  ]);

function neighbourOf({ family, words, prefix }: Block, isLast: boolean, step: number): Words {
  const [first, second, third, fourth] = isLast ? lastAddressOf(words, prefix) : words;
  if (family === 4) return [(first + step) >>> 0, 0, 0, 0];
  return [first, second, third, (fourth + step) >>> 0];
}

function theirs(family: 4 | 6, words: Words): ipaddr.IPv4 | ipaddr.IPv6 {
  const used = words.slice(0, family === 4 ? 1 : 4);
  return ipaddr.fromByteArray(
    used.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]),
  );
}

/** The ranges that something hangs on. ipaddr.js knows more of them. */
const OURS: ReadonlySet<string> = new Set(SPECIAL_RANGES.map(([range]) => range));

describe('formatAddress', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7', 'dotted decimal'],
    ['255.255.255.255', '255.255.255.255', 'a sign bit must not matter'],
    ['0:0:0:0:0:0:0:0', '::', 'nothing but zeros'],
    ['0:0:0:0:0:0:0:1', '::1', 'zeros in front'],
    ['1:0:0:0:0:0:0:0', '1::', 'zeros behind'],
    ['2001:DB8:0:0:0:0:0:7', '2001:db8::7', 'small letters (RFC 5952 section 4.3)'],
    ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2:3:4:5:6', 'no leading zeros (4.1)'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1', 'one zero group is written out (4.2.2)'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1', 'the longest run of zeros is cut (4.2.3)'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1', 'the first of equal runs is cut (4.2.3)'],
    ['10:100:1000:0:0:20:200:2000', '10:100:1000::20:200:2000', 'a zero that ends a group stays'],
  ])('writes %s as %s: %s', (text, expected) => {
    const words = new Uint32Array(4);
    const family = parseAddress(text, text.length, words);
    expect(family === 0 ? undefined : formatAddress(family, words)).toBe(expected);
  });
});

describe('rangeOf', () => {
  it.each<[string, SpecialRange | undefined]>([
    ['172.20.0.2', 'private'],
    ['192.168.65.1', 'private'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['169.254.10.10', 'linkLocal'],
    ['127.0.0.1', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['203.0.113.7', undefined],
    ['fd00:30::1', 'uniqueLocal'],
    ['fe80::1', 'linkLocal'],
    ['::1', 'loopback'],
    ['::', 'unspecified'],
    ['ff02::1', 'multicast'],
    ['2001:db8::7', undefined],
  ])('finds %s in %s', (text, expected) => {
    const words = new Uint32Array(4);
    const family = parseAddress(text, text.length, words);
    expect(family === 0 ? 'no address' : rangeOf(family, words)).toBe(expected);
  });

  it('finds every address where ipaddr.js does', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6, atAnEnd), ([family, words]) => {
        const range = theirs(family, words).range();
        expect(rangeOf(family, words)).toBe(OURS.has(range) ? range : undefined);
      }),
      runs(5000),
    );
  });
});
