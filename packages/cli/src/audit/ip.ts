import { isIP } from 'node:net';

/** An IP version. */
export type Family = 4 | 6;

/** An IP address as a number. */
export interface Ip {
  readonly family: Family;
  readonly value: bigint;
}

/** How many bits an address has. */
export const BITS: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };

/**
 * Reads an IPv4 or IPv6 address; a mapped one (`::ffff:10.0.0.7`) is the IPv4 address inside it (T3). Nothing for
 * anything else, such as a zone, a prefix or a host name.
 */
export function parseIp(text: string): Ip | undefined {
  const family = text.includes('%') ? 0 : isIP(text);
  if (family === 4) return { family: 4, value: numberOf(text.split('.'), 10, 256n) };
  if (family !== 6) return undefined;
  const value = numberOf(groupsOf(text), 16, 65536n);
  return value >> 32n === 0xffffn
    ? { family: 4, value: value & 0xffffffffn }
    : { family: 6, value };
}

/** Writes an address: dotted decimal, or RFC 5952. */
export function formatIp({ family, value }: Ip): string {
  if (family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 65535n).toString(16),
  );
  // The URL parser writes an IPv6 host as RFC 5952 says.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** The eight groups of an IPv6 address: `::` filled up, an IPv4 tail turned into two. */
function groupsOf(text: string): readonly string[] {
  const hex = text.replace(/[\d.]+$/, (tail) => {
    if (!tail.includes('.')) return tail;
    const value = numberOf(tail.split('.'), 10, 256n);
    return `${(value >> 16n).toString(16)}:${(value & 65535n).toString(16)}`;
  });
  const [head = [], tail = []] = hex
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
}

function numberOf(digits: readonly string[], radix: number, base: bigint): bigint {
  return digits.reduce((sum, digit) => sum * base + BigInt(Number.parseInt(digit, radix)), 0n);
}
