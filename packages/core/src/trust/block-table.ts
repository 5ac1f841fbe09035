import { sharesBits } from '../address/shares-bits.js';

/** Tells whether any of the compiled blocks holds an address. */
export interface BlockTable {
  has(address: Uint32Array): boolean;
}

/** Blocks of one family, none within another, in the order of their addresses. */
export interface SortedBlocks {
  /** 32-bit words kept of each block: 1 for IPv4, 2 for IPv6 up to /64, 4 for longer prefixes. */
  readonly width: 1 | 2 | 4;
  /** So many words for each block. */
  readonly networks: Uint32Array;
  readonly prefixes: Uint8Array;
  /** Leading bits that all blocks have in common. */
  readonly shared: number;
  /** Bits behind those by which the index is divided into buckets. */
  readonly indexBits: number;
  /** How many blocks begin before each bucket, and altogether. */
  readonly index: Uint32Array;
}

/** Looks addresses up in sorted blocks: reads one bucket and searches it, at any number of blocks, and allocates nothing. */
export function createBlockTable({
  width,
  networks,
  prefixes,
  shared,
  indexBits,
  index,
}: SortedBlocks): BlockTable {
  return { has };

  function has(address: Uint32Array): boolean {
    if (!sharesBits(networks, 0, address, shared)) return false;
    const bucket = bitsOf(address, shared, indexBits);
    let low = index[bucket] ?? 0;
    let high = index[bucket + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAtOrBefore(middle, address)) low = middle + 1;
      else high = middle;
    }
    const last = low - 1;
    return last >= 0 && sharesBits(networks, last * width, address, prefixes[last] ?? 0);
  }

  function isAtOrBefore(i: number, address: Uint32Array): boolean {
    for (let at = 0; at < width; at++) {
      const network = networks[i * width + at] ?? 0;
      const word = address[at] ?? 0;
      if (network !== word) return network < word;
    }
    return true;
  }
}

/** Reads `count` (up to 31) bits of an address, from bit `from` on, across words where it must. */
export function bitsOf(words: ArrayLike<number>, from: number, count: number): number {
  if (count === 0) return 0;
  const at = from >>> 5;
  const shift = from & 31;
  const high = (words[at] ?? 0) << shift;
  const low = shift === 0 ? 0 : (words[at + 1] ?? 0) >>> (32 - shift);
  return (high | low) >>> (32 - count);
}
