import { compileTrust } from '../../src/trust/compile-trust.js';
import type { IPv4List } from './lists.js';

/** As many addresses as a /16 has. */
const SLICE = 65_536;

/** The decimal numbers from 0 to 255. */
const OCTETS = Array.from({ length: 256 }, (_, octet) => String(octet));

/**
 * Compiles lists, and gives what asks them for every address of one /16 as text, and compares with the ranges as numbers.
 *
 * @returns A function that takes which /16 (0 is 0.0.0.0/16, 65535 is 255.255.0.0/16) and gives the differences as sentences.
 */
export function compileLists(lists: readonly IPv4List[]): (slice: number) => readonly string[] {
  const compiled = lists.map((list) => ({ ...list, trust: compileTrust(list.entries) }));
  const expected = lists.map(() => new Uint8Array(SLICE));

  return (slice) => {
    const differences: string[] = [];
    for (const [i, { ranges }] of lists.entries()) paint(expected[i], ranges, slice * SLICE);
    const front = `${OCTETS[slice >>> 8]}.${OCTETS[slice & 255]}`;
    for (let rest = 0; rest < SLICE; rest++) {
      const peer = `${front}.${OCTETS[rest >>> 8]}.${OCTETS[rest & 255]}`;
      for (let i = 0; i < compiled.length; i++) {
        const holds = expected[i]?.[rest] === 1;
        if (compiled[i]?.trust.has(peer) === holds) continue;
        differences.push(`${compiled[i]?.name}: ${holds ? 'lacks' : 'holds'} ${peer}`);
      }
    }
    return differences;
  };
}

/** Writes 1 at every place from the first to the last address of each range. */
function paint(places: Uint8Array | undefined, ranges: IPv4List['ranges'], from: number): void {
  places?.fill(0);
  for (const [first, last] of ranges) {
    if (last < from || first >= from + SLICE) continue;
    places?.fill(1, Math.max(0, first - from), Math.min(SLICE, last - from + 1));
  }
}
