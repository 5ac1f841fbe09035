import { asReceived } from '../as-received.js';

/** Numbers that are the same in every run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A list of blocks with peers that are in it and not. */
export interface Sample {
  readonly prefixes: readonly string[];
  readonly hits: readonly string[];
  readonly misses: readonly string[];
}

const PEERS = 4_096;

/**
 * Makes blocks, half of them IPv4 (/16 to /32 in 10.0.0.0/8), half IPv6 (/48 to /128 in 2001:db8::/32), and peers of both
 * families: of the IPv4 ones, one in three as a dual-stack server reports it. One block alone is 172.20.0.2.
 */
export function makeSample(count: number): Sample {
  const random = createRandom(count);
  if (count === 1) return { prefixes: ['172.20.0.2'], ...peersOfOne(random) };
  const blocks = Array.from({ length: count }, (_, i) =>
    i % 2 === 0 ? ipv4Block(random) : ipv6Block(random),
  );
  const unique = [...new Set(blocks.map(({ text }) => text))];
  const hits = Array.from({ length: PEERS }, () => {
    const block = blocks[Math.floor(random() * blocks.length)];
    return block?.inside() ?? '';
  });
  const misses = Array.from({ length: PEERS }, (_, i) =>
    i % 2 === 0 ? mapped(ipv4(0xc6_33_64_00 + Math.floor(random() * 65_536)), i) : outside6(random),
  );
  return { prefixes: unique, hits: hits.map(asReceived), misses: misses.map(asReceived) };
}

function peersOfOne(random: () => number): Omit<Sample, 'prefixes'> {
  const hits = Array.from({ length: PEERS }, (_, i) => mapped('172.20.0.2', i));
  const misses = Array.from({ length: PEERS }, (_, i) =>
    i % 2 === 0 ? mapped(ipv4(Math.floor(random() * 0xa0_00_00_00)), i) : outside6(random),
  );
  return { hits: hits.map(asReceived), misses: misses.map(asReceived) };
}

interface Block {
  readonly text: string;
  readonly inside: () => string;
}

function ipv4Block(random: () => number): Block {
  const length = 16 + Math.floor(random() * 17);
  const size = 2 ** (32 - length);
  const start = 0x0a_00_00_00 + Math.floor((random() * 0x1_00_00_00) / size) * size;
  return {
    text: `${ipv4(start)}/${length}`,
    inside: () => mapped(ipv4(start + Math.floor(random() * size)), Math.floor(random() * 6)),
  };
}

function ipv6Block(random: () => number): Block {
  const group = (): number => Math.floor(random() * 65_536);
  const whole = 3 + Math.floor(random() * 6);
  const groups = [0x2001, 0xdb8, ...Array.from({ length: whole - 2 }, group)];
  const text = (more: readonly number[]): string =>
    [...groups, ...more].map((value) => value.toString(16)).join(':');
  const rest = 8 - whole;
  return {
    text: `${text(Array.from({ length: rest }, () => 0))}/${whole * 16}`,
    inside: () => text(Array.from({ length: rest }, group)),
  };
}

function outside6(random: () => number): string {
  const groups = Array.from({ length: 5 }, () => Math.floor(random() * 65_536).toString(16));
  return `2a00:1450:1::${groups.slice(0, 4).join(':')}`;
}

function ipv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function mapped(address: string, i: number): string {
  return i % 3 === 2 ? `::ffff:${address}` : address;
}
