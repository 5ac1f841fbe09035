import { BlockList } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileTrust } from '../src/index.js';
import { dotted, ipv4Number, ipv6Text, nearAddress, runs } from './arbitraries.js';
import { modelAddress, modelHolds } from './model.js';

describe('compileTrust', () => {
  it.each([
    // entries, trusted peers, strangers, why
    [
      ['10.0.0.7'],
      ['10.0.0.7', '::ffff:10.0.0.7', '::ffff:a00:7'],
      ['10.0.0.6', '10.0.0.8', '::10.0.0.7', '64:ff9b::10.0.0.7'],
      'one address; mapped is the same, compatible and NAT64 are not (T3)',
    ],
    [
      ['::ffff:10.0.0.7'],
      ['10.0.0.7', '::ffff:10.0.0.7'],
      ['::ffff:10.0.0.8', '::7'],
      'a mapped entry is its IPv4 address',
    ],
    [
      ['::ffff:10.0.0.0/104'],
      ['10.255.255.255', '::ffff:10.1.2.3'],
      ['11.0.0.0'],
      'a mapped block is its IPv4 block',
    ],
    [
      ['10.1.0.0/16'],
      ['10.1.0.0', '10.1.255.255'],
      ['10.0.255.255', '10.2.0.0'],
      'both ends of a block',
    ],
    [
      ['2001:db8::1'],
      ['2001:db8::1', '2001:DB8:0:0::1'],
      ['2001:db8::2', '2001:db8::'],
      'a bare IPv6 entry is a /128 (Grafana made it a /32)',
    ],
    [
      ['2001:db8::/32'],
      ['2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
      ['2001:db9::', '2001:db7:ffff::'],
      'both ends of an IPv6 block',
    ],
    [
      ['2001:db8:0:7::/64'],
      ['2001:db8:0:7::', '2001:db8:0:7:ffff:ffff:ffff:ffff'],
      ['2001:db8:0:6:ffff::', '2001:db8:0:8::'],
      'the prefix of a subnet, which ends with the second word',
    ],
    [
      ['10.0.0.0/8', '2001:db8::1'],
      ['10.9.9.9', '2001:db8::1'],
      ['a00::1', 'a09:909::', '2001:db8::2'],
      'an IPv6 address that begins with the bits of an IPv4 block',
    ],
    [
      ['2001:db8:0:1::5', '2001:db8:0:2::/64'],
      ['2001:db8:0:1::5', '2001:db8:0:2::5'],
      ['2001:db8:0:1:2001:db8:0:2', '2001:db8:0:1::6'],
      'the first half of one block and of the next one: long and short prefixes are kept apart',
    ],
    [
      ['2001:db8:3::/48', '2001:db8:1::/48', '2001:db8:2::/48'],
      ['2001:db8:1::1', '2001:db8:2::1', '2001:db8:3::1'],
      ['2001:db8:0::1', '2001:db8:4::1'],
      'blocks that differ in their second word, in no order',
    ],
    [
      ['2001:db8::/65'],
      ['2001:db8::7fff:ffff:ffff:ffff'],
      ['2001:db8::8000:0:0:0'],
      'a prefix that ends inside the third word',
    ],
    [
      ['::/8'],
      ['::1', '::10.0.0.7'],
      ['10.0.0.7', '::ffff:10.0.0.7', '127.0.0.1'],
      'IPv4 is in no IPv6 block but mapped ones (T3)',
    ],
    [
      ['0.0.0.0/1'],
      ['127.255.255.255'],
      ['128.0.0.0', '::1', '::7f00:1'],
      'IPv6 is in no IPv4 block',
    ],
    [
      ['fe80::/10'],
      ['fe80::1%eth0', 'fe80::1', 'febf::%lo0'],
      ['fec0::1', 'fe80::1%', '::1%lo'],
      'the zone is dropped (T4)',
    ],
    [['loopback'], ['127.0.0.1', '127.255.0.1', '::1'], ['128.0.0.1', '::2'], 'RFC 1122, RFC 4291'],
    [['linklocal'], ['169.254.9.9', 'fe80::2%en0'], ['169.253.0.1'], 'RFC 3927, RFC 4291'],
    [
      ['uniquelocal'],
      ['10.9.9.9', '172.31.255.255', '192.168.1.1', 'fd00::1'],
      ['172.32.0.0', '100.64.0.1', 'fe80::1'],
      'RFC 1918, RFC 4193',
    ],
    [
      ['10.0.0.0/8', '10.1.2.3', '10.1.0.0/16'],
      ['10.255.0.1', '10.1.2.3', '10.1.2.4'],
      ['11.1.2.3'],
      'blocks within blocks',
    ],
    [['10.0.0.0/25', '10.0.0.128/25'], ['10.0.0.127', '10.0.0.128'], ['10.0.1.0'], 'neighbours'],
    [
      ['255.255.255.255', '128.0.0.0/2'],
      ['255.255.255.255', '191.1.1.1'],
      ['192.0.0.0', '127.255.255.255'],
      'the sign bit',
    ],
  ])('%j trusts %j and not %j: %s', (entries, trusted, strangers) => {
    const trust = compileTrust(entries);
    for (const peer of trusted) expect([peer, trust.has(peer)]).toEqual([peer, true]);
    for (const peer of strangers) expect([peer, trust.has(peer)]).toEqual([peer, false]);
  });

  it('takes one string with commas, spaces and line breaks, as an env variable holds it', () => {
    const trust = compileTrust('10.0.0.1, 10.0.0.2\n10.0.0.3,,unix:/run/app.sock ');
    expect(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map((peer) => trust.has(peer))).toEqual(
      [true, true, true, false],
    );
    expect(trust.hasUnixSocket('/run/app.sock')).toBe(true);
    expect(trust.hasUnixSocket('/run/app.sock2')).toBe(false);
  });

  it('has no socket whose path is no text', () => {
    const { hasUnixSocket } = compileTrust('unix:/run/app.sock');
    for (const path of [undefined, null, 7, {}]) {
      expect(Reflect.apply(hasUnixSocket, undefined, [path])).toBe(false);
    }
  });

  it('trusts nothing that is not an address, whatever its type', () => {
    const { has } = compileTrust('loopback');
    const hostile: unknown[] = [
      undefined,
      null,
      '',
      'localhost',
      'unknown',
      'unix:',
      0,
      2130706433,
      true,
      ['127.0.0.1'],
      { toString: () => '127.0.0.1' },
      Buffer.from('127.0.0.1'),
      '127.0.0.1\0',
      `127.0.0.1${' '.repeat(200)}`,
    ];
    expect(hostile.map((peer) => Reflect.apply(has, undefined, [peer]))).toEqual(
      hostile.map(() => false),
    );
  });

  it('does not answer for one peer with the answer for another', () => {
    const trust = compileTrust('10.0.0.7');
    expect(
      ['10.0.0.7', '10.0.0.8', '10.0.0.7', '', '10.0.0.7', 'x', undefined, '10.0.0.7'].map((peer) =>
        trust.has(peer),
      ),
    ).toEqual([true, false, true, false, true, false, false, true]);
  });

  it('knows its answer for the empty string before it has seen any peer', () => {
    expect(compileTrust('10.0.0.7').has('')).toBe(false);
  });

  it('does not change or keep the list it is given', () => {
    const list = Object.freeze(['10.0.0.7', 'loopback']);
    const trust = compileTrust(list);
    expect(trust.has('10.0.0.7')).toBe(true);
    const mutable = ['10.0.0.7'];
    const other = compileTrust(mutable);
    mutable[0] = '10.0.0.8';
    expect(other.has('10.0.0.8')).toBe(false);
  });

  /** A canonical block, as net.BlockList wants it: address, prefix, family. */
  const canonicalBlock = fc.oneof(
    fc.tuple(ipv4Number, fc.integer({ min: 4, max: 32 })).map(([address, prefix]) => ({
      text: dotted((address & (-1 << (32 - prefix))) >>> 0),
      prefix,
      type: 'ipv4' as const,
    })),
    fc
      .tuple(
        fc.array(fc.nat({ max: 0xffff }), { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 4, max: 128 }),
      )
      .map(([groups, prefix]) => ({
        text: maskGroups(groups, prefix),
        prefix,
        type: 'ipv6' as const,
      })),
  );

  function maskGroups(groups: readonly number[], prefix: number): string {
    const masked = groups.map((group, i) => {
      const bits = Math.min(16, Math.max(0, prefix - i * 16));
      return group & ((0xffff << (16 - bits)) & 0xffff);
    });
    // Out of the way of IPv4-mapped space, where BlockList has rules of its own.
    return [masked[0] || 0x8000 >> 0, ...masked.slice(1)]
      .map((group) => (group ?? 0).toString(16))
      .join(':');
  }

  /** Peers at and around the edges of a block find more than random ones. */
  function edgesOf(text: string, prefix: number): string[] {
    const model = modelAddress(text);
    if (!model) return [];
    const network = BigInt(`0b${model.bits}`);
    const size = 1n << BigInt(model.bits.length - prefix);
    const top = (1n << BigInt(model.bits.length)) - 1n;
    return [network - 1n, network, network + size - 1n, network + size]
      .filter((address) => address >= 0n && address <= top)
      .map((address) => write(address, model.family));
  }

  function write(address: bigint, family: 4 | 6): string {
    if (family === 4) return dotted(Number(address));
    return Array.from({ length: 8 }, (_, i) =>
      ((address >> BigInt(112 - i * 16)) & 0xffffn).toString(16),
    ).join(':');
  }

  it('agrees with net.BlockList and the slow model on canonical addresses', () => {
    fc.assert(
      fc.property(
        fc.array(canonicalBlock, { minLength: 1, maxLength: 30 }),
        fc.array(
          fc.oneof(
            ipv4Number.map(dotted),
            ipv6Text.map(({ text }) => text),
          ),
          { maxLength: 10 },
        ),
        (blocks, others) => {
          const entries = blocks.map(({ text, prefix }) => `${text}/${prefix}`);
          const list = new BlockList();
          for (const { text, prefix, type } of blocks) list.addSubnet(text, prefix, type);
          const trust = compileTrust(entries);
          const peers = [...others, ...blocks.flatMap(({ text, prefix }) => edgesOf(text, prefix))];
          for (const peer of peers) {
            const model = modelAddress(peer);
            if (!model) throw new Error(`the generator wrote ${peer}`);
            const expected = entries.some((entry) => modelHolds(entry, model));
            expect([peer, trust.has(peer)]).toEqual([peer, expected]);
            expect([peer, list.check(peer, peer.includes(':') ? 'ipv6' : 'ipv4')]).toEqual([
              peer,
              expected,
            ]);
          }
        },
      ),
      runs(500),
    );
  });

  it('agrees with the slow model on anything that is nearly an address', () => {
    const trust = compileTrust(['10.0.0.0/8', '1.0.0.0/8', '::/8', 'fe80::/10', '0.0.0.0/4']);
    fc.assert(
      fc.property(nearAddress, (text) => {
        const model = modelAddress(text);
        const expected =
          model !== undefined &&
          ['10.0.0.0/8', '1.0.0.0/8', '::/8', 'fe80::/10', '0.0.0.0/4'].some((block) =>
            modelHolds(block, model),
          );
        if (!text.includes('%')) expect(trust.has(text)).toBe(expected);
      }),
      runs(5000),
    );
  });

  it('finds every one of 2 048 IPv6 blocks that differ across two words, and none of their neighbours', () => {
    const text = (i: number, rest: number): string =>
      `2001:${(0x0d00 + (i >> 4)).toString(16)}:${(((i & 15) << 12) | rest).toString(16)}::`;
    const trust = compileTrust(
      Array.from({ length: 2048 }, (_, i) => `${text(2 * ((i * 1021) % 2048), 0)}/36`),
    );
    const wrong = Array.from({ length: 4096 }, (_, i) => [text(i, 0), text(i, 0xfff)]).filter(
      (ends, i) => ends.some((peer) => trust.has(peer) !== (i % 2 === 0)),
    );
    expect(wrong).toEqual([]);
  });

  it('finds every one of 20 000 blocks and none of their neighbours', () => {
    const entries = Array.from({ length: 20_000 }, (_, i) => `${dotted(0x0b000000 + i * 512)}/24`);
    const trust = compileTrust(entries);
    const wrong = entries.flatMap((_, i) => {
      const first = 0x0b000000 + i * 512;
      return [first - 1, first, first + 255, first + 256].filter(
        (address, at) => trust.has(dotted(address)) !== (at === 1 || at === 2),
      );
    });
    expect(wrong).toEqual([]);
  });
});
