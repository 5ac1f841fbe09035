import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { parseAddress } from '../src/address/parse-address.js';
import { parsePeer } from '../src/address/parse-peer.js';
import { dotted, ipv4Number, ipv6Text, nearAddress, runs } from './arbitraries.js';
import { modelAddress } from './model.js';

const words = new Uint32Array(4);

function read(text: string): string | undefined {
  const family = parseAddress(text, text.length, words);
  return family === 0 ? undefined : bitsOf(family);
}

function bitsOf(family: 4 | 6): string {
  return [...words.slice(0, family === 4 ? 1 : 4)].map((word) => word.toString(16)).join(' ');
}

describe('parseAddress', () => {
  it.each([
    ['0.0.0.0', '0', 'all zeros'],
    ['255.255.255.255', 'ffffffff', 'all ones: a sign bit must not matter'],
    ['10.0.0.7', 'a000007', 'plain'],
    ['::', '0 0 0 0', 'the shortest address'],
    ['::1', '0 0 0 1', 'loopback'],
    ['1::', '10000 0 0 0', 'gap at the end'],
    ['2001:db8::7', '20010db8 0 0 7', 'gap in the middle'],
    ['2001:DB8:0:0:0:0:0:7', '20010db8 0 0 7', 'upper case, no gap'],
    ['1:2:3:4:5:6:7::', '10002 30004 50006 70000', 'a gap of one group is legal, if unusual'],
    ['::2:3:4:5:6:7:8', '2 30004 50006 70008', 'a gap of one group at the front'],
    ['0001:0002:0003:0004:0005:0006:0007:0008', '10002 30004 50006 70008', 'padded to the longest'],
    ['::1.2.3.4', '0 0 0 1020304', 'a dot in the fourth place, as IPv4 has it'],
    ['::10.0.0.1', '0 0 0 a000001', 'IPv4-compatible is not IPv4-mapped'],
    ['64:ff9b::10.0.0.1', '64ff9b 0 0 a000001', 'NAT64 is not IPv4 (T3)'],
    ['::ffff:10.0.0.7', 'a000007', 'mapped, dotted'],
    ['::ffff:a00:7', 'a000007', 'mapped, hex'],
    ['::FFFF:0A00:0007', 'a000007', 'mapped, upper case and padded'],
    ['0:0:0:0:0:ffff:10.0.0.7', 'a000007', 'mapped, without the gap'],
    ['0000:0000:0000:0000:0000:ffff:255.255.255.255', 'ffffffff', 'mapped, the longest spelling'],
    ['::ffff:0:10.0.0.7', '0 0 ffff0000 a000007', 'IPv4-translated (RFC 2765) is not mapped'],
    ['1::ffff:10.0.0.7', '10000 0 ffff a000007', 'only looks mapped'],
    ['0:0:0:1:0:ffff:10.0.0.7', '0 1 ffff a000007', 'only looks mapped, further on'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['', 'nothing'],
    ['1', 'an integer: 0.0.0.1 to inet_aton'],
    ['2130706433', 'an integer: 127.0.0.1 to inet_aton'],
    ['127.1', 'short form'],
    ['127.0.1', 'short form'],
    ['0x7f.0.0.1', 'hex'],
    ['010.0.0.1', 'octal: 8.0.0.1 to some (CVE-2021-28918)'],
    ['10.0.0.01', 'leading zero in the last octet'],
    ['00.0.0.0', 'leading zero of zero'],
    ['256.0.0.1', 'octet too large'],
    ['10.0.0.1000', 'octet too long'],
    ['10.0.0', 'three octets'],
    ['10.0.0.', 'empty last octet'],
    ['.10.0.0.1', 'empty first octet'],
    ['10..0.1', 'empty octet'],
    ['10.0.0.1.', 'five parts'],
    ['10.0.0.1.1', 'five octets'],
    [' 10.0.0.1', 'white space in front'],
    ['10.0.0.1 ', 'white space behind'],
    ['10.0.0.1\0', 'NUL behind: net.BlockList cuts there'],
    ['10.0.0.1\0.evil', 'NUL inside'],
    ['10.0.0.1:80', 'port'],
    ['10.0.0.1%eth0', 'zone'],
    ['10.0.0.1/32', 'prefix'],
    ['+10.0.0.1', 'sign'],
    ['-1.0.0.1', 'sign'],
    ['１０.0.0.1', 'full-width digits'],
    ['10.0.0.٣', 'Arabic digit'],
    [':', 'one colon'],
    [':1', 'one colon in front'],
    [':a1', 'one colon in front'],
    [':::', 'three colons'],
    [':::1', 'three colons in front'],
    ['1:::2', 'three colons inside'],
    ['::1:', 'trailing colon behind a gap'],
    ['1::2:', 'trailing colon behind a gap'],
    ['::1g2', 'no colon between groups'],
    ['::@', 'the character before A'],
    ['::`', 'the character before a'],
    ['::1::', 'two gaps'],
    ['1::2::3', 'two gaps'],
    ['1:2:3:4:5:6:7', 'seven groups'],
    ['1:2:3:4:5:6:7:8:9', 'nine groups'],
    ['1:2:3:4:5:6:7:8::', 'a gap of no group'],
    ['::1:2:3:4:5:6:7:8', 'a gap of no group'],
    ['1:2:3:4:5:6:7:', 'trailing colon'],
    [':1:2:3:4:5:6:7', 'leading colon'],
    ['12345::', 'five digits'],
    ['00001::', 'five digits'],
    ['g::', 'no hex digit'],
    ['::1%lo', 'zone'],
    ['[::1]', 'brackets'],
    ['::ffff:010.0.0.1', 'leading zero in a dotted tail: ipaddr.js lets it through'],
    ['::ffff:10.0.0', 'short dotted tail'],
    ['::ffff:10.0.0.1:1', 'a group behind the dotted tail'],
    ['::10.0.0.1.1', 'five octets in the tail'],
    ['1:2:3:4:5:6:7:10.0.0.1', 'dotted tail in the place of one group'],
    ['10.0.0.1::', 'dotted part in front'],
    ['::.0.0.1', 'dotted tail without a first octet'],
    ['::ffff:10.0.0.256', 'octet too large in the tail'],
    ['0000:0000:0000:0000:0000:ffff:255.255.255.2555', 'longer than any address'],
  ])('refuses %j: %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('reads only as far as it is told', () => {
    expect(parseAddress('10.0.0.7/24', 8, words)).toBe(4);
    expect(words[0]).toBe(0x0a000007);
    expect(parseAddress('::12', 3, words)).toBe(6);
    expect(words[3]).toBe(1);
    expect(parseAddress('::/64', 2, words)).toBe(6);
    expect(words[3]).toBe(0);
  });

  it('reads every spelling of an IPv6 address as the same bits', () => {
    fc.assert(
      fc.property(ipv6Text, ({ groups, text }) => {
        const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
        expect(parseAddress(text, text.length, words)).toBe(isMapped ? 4 : 6);
        const low = (((groups[6] ?? 0) << 16) | (groups[7] ?? 0)) >>> 0;
        expect(isMapped ? words[0] : words[3]).toBe(low);
        if (!isMapped) expect(words[0]).toBe((((groups[0] ?? 0) << 16) | (groups[1] ?? 0)) >>> 0);
      }),
      runs(2000),
    );
  });

  it('agrees with ipaddr.js on strict text', () => {
    // ipaddr.js 2.x reads the IPv4-compatible `::a.b.c.d` as mapped, so dotted tails are left to the model below.
    const strict = fc.oneof(
      ipv4Number.map(dotted),
      ipv6Text.map(({ text }) => text).filter((text) => !text.includes('.')),
    );
    fc.assert(
      fc.property(strict, (text) => {
        const family = parseAddress(text, text.length, words);
        const theirs = ipaddr.process(text).toByteArray();
        expect(family).toBe(theirs.length === 4 ? 4 : 6);
        const ours = [...words.slice(0, theirs.length / 4)].flatMap((word) => [
          word >>> 24,
          (word >>> 16) & 255,
          (word >>> 8) & 255,
          word & 255,
        ]);
        expect(ours).toEqual(theirs);
      }),
      runs(2000),
    );
  });

  it('accepts exactly what the slow model and net.isIP accept', () => {
    const texts = fc.oneof(
      nearAddress,
      ipv4Number.map(dotted),
      ipv6Text.map(({ text }) => text),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const family = parseAddress(text, text.length, words);
        const model = modelAddress(text);
        expect(family).toBe(model?.family ?? 0);
        if (model) {
          const bits = [...words.slice(0, model.bits.length / 32)]
            .map((word) => word.toString(2).padStart(32, '0'))
            .join('');
          expect(bits).toBe(model.bits);
        }
        // isIP takes zones, and nothing else that we do not.
        if (!text.includes('%')) expect(family !== 0).toBe(isIP(text) !== 0);
      }),
      runs(5000),
    );
  });
});

describe('parsePeer', () => {
  it('does not take text for the address that it read before', () => {
    expect(parsePeer('fe80::1%eth0', words)).toBe(6);
    expect(parsePeer('fe80::x%eth0', words)).toBe(0);
  });

  it.each([
    ['fe80::1%eth0', 6, 'link-local with an interface name'],
    ['fe80::1%br-lan', 6, 'a name that ipaddr.js throws on'],
    ['fe80::1%12', 6, 'Windows prints an index'],
    ['febf::1%eth0.100', 6, 'the end of fe80::/10'],
    ['fe80::1', 6, 'no zone'],
    ['fe80::1%1', 6, 'the shortest zone'],
    [`fe80::1%${'x'.repeat(64)}`, 6, 'the longest zone'],
    ['fe80::1%a\x7f', 0, 'DEL'],
    ['254.128.0.1%eth0', 0, 'IPv4 with the bits of fe80'],
    ['fe80::1%', 0, 'empty zone'],
    ['fe80::1%a%b', 0, 'two zones'],
    ['fe80::1%et h0', 0, 'white space'],
    ['fe80::1%eth0\n', 0, 'control character'],
    ['fe80::1%é', 0, 'not ASCII'],
    ['fe80::1%a/64', 0, 'slash'],
    [`fe80::1%${'x'.repeat(65)}`, 0, 'longer than any interface name'],
    ['fec0::1%eth0', 0, 'behind fe80::/10: no zone there'],
    ['2001:db8::1%eth0', 0, 'global with a zone'],
    ['::1%lo', 0, 'loopback with a zone'],
    ['10.0.0.1%eth0', 0, 'IPv4 with a zone'],
    ['::ffff:169.254.0.1%eth0', 0, 'mapped with a zone'],
    ['%eth0', 0, 'zone only'],
  ])('reads %j as family %d: %s', (text, family) => {
    expect(parsePeer(text, words)).toBe(family);
  });
});
