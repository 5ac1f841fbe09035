import { type Block, dropCovered } from '../address/block.js';
import { sharesBits } from '../address/shares-bits.js';
import { type BlockTable, bitsOf, createBlockTable } from './block-table.js';

/**
 * Compiles blocks of one family into sorted typed arrays with a bucket index. Per block: 4 bytes a word, 1 for the prefix
 * length and up to 4 of index.
 *
 * Blocks that lie within another one are dropped, so that only the last block at or before an address can hold it.
 *
 * @param width 32-bit words kept of each block: 1 for IPv4, 2 for IPv6 up to /64, 4 for longer prefixes.
 */
export function compileBlockTable(
  blocks: readonly Block[],
  width: 1 | 2 | 4,
): BlockTable | undefined {
  const kept = dropCovered(blocks);
  const count = kept.length;
  if (count === 0) return undefined;

  const networks = new Uint32Array(count * width);
  const prefixes = new Uint8Array(count);
  kept.forEach((block, i) => {
    prefixes[i] = block.prefix;
    for (let at = 0; at < width; at++) networks[i * width + at] = block.words[at] ?? 0;
  });

  const shared = sharedBits(kept);
  // There are that many bits behind the shared ones: the blocks lie apart.
  const indexBits = 31 - Math.clz32(count);
  const index = indexBuckets(kept, shared, indexBits);

  return createBlockTable({ width, networks, prefixes, shared, indexBits, index });
}

/** Counts the leading bits that all blocks have in common, none of them behind any prefix. */
function sharedBits(sorted: readonly Block[]): number {
  const first = sorted[0];
  if (!first) return 0;
  return sorted.reduce((bits, { words, prefix }) => {
    let common = Math.min(bits, prefix);
    while (!sharesBits(first.words, 0, words, common)) common--;
    return common;
  }, first.prefix);
}

/** For every value of the index bits: how many blocks begin before it. One more entry closes the last bucket. */
function indexBuckets(sorted: readonly Block[], from: number, bits: number): Uint32Array {
  const index = new Uint32Array(2 ** bits + 1);
  for (const { words } of sorted) {
    const bucket = bitsOf(words, from, bits) + 1;
    index[bucket] = (index[bucket] ?? 0) + 1;
  }
  for (let i = 1; i < index.length; i++) index[i] = (index[i] ?? 0) + (index[i - 1] ?? 0);
  return index;
}
