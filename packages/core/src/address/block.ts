import { formatAddress } from './format-address.js';
import { sharesBits } from './shares-bits.js';

/** Four 32-bit words, most significant first; IPv4 uses the first only. */
export type Words = readonly [number, number, number, number];

/** A CIDR block (RFC 4632, RFC 4291 section 2.3) whose host bits are zero. */
export interface Block {
  readonly family: 4 | 6;
  readonly words: Words;
  /** Number of leading bits that count: 0–32 or 0–128. */
  readonly prefix: number;
}

/** Clears the bits of an address behind its prefix. */
export function networkOf(words: ArrayLike<number>, prefix: number): Words {
  const word = (at: number): number => ((words[at] ?? 0) & maskOf(prefix - at * 32)) >>> 0;
  return [word(0), word(1), word(2), word(3)];
}

/** Sets the bits of an address behind its prefix: the last address of the block. */
export function lastAddressOf(words: ArrayLike<number>, prefix: number): Words {
  const word = (at: number): number => ((words[at] ?? 0) | ~maskOf(prefix - at * 32)) >>> 0;
  return [word(0), word(1), word(2), word(3)];
}

/** Tells whether every address of `inner` is in `outer`. */
export function covers(outer: Block, inner: Block): boolean {
  return (
    outer.family === inner.family &&
    outer.prefix <= inner.prefix &&
    sharesBits(outer.words, 0, inner.words, outer.prefix)
  );
}

/** Sorts blocks of one family by address and leaves out those that lie within another one. */
export function dropCovered(blocks: readonly Block[]): readonly Block[] {
  const kept: Block[] = [];
  let last: Block | undefined;
  for (const block of [...blocks].sort(compareBlocks)) {
    if (last && covers(last, block)) continue;
    kept.push(block);
    last = block;
  }
  return kept;
}

/** Number of bits in an address of the family. */
export function addressBits(family: 4 | 6): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** Writes a block as people do: `10.1.0.0/16`, and without the prefix length where it is one address. */
export function formatBlock({ family, words, prefix }: Block): string {
  const address = formatAddress(family, words);
  return prefix === addressBits(family) ? address : `${address}/${prefix}`;
}

function maskOf(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? -1 : -1 << (32 - bits);
}

/** Orders blocks by address, the wider of two with the same address first. */
function compareBlocks(a: Block, b: Block): number {
  for (let at = 0; at < 4; at++) {
    const difference = (a.words[at] ?? 0) - (b.words[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.prefix - b.prefix;
}
