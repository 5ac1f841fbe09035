import { BITS, type Family, formatIp, type Ip, parseIp } from './ip.js';

/** A block of addresses. */
export interface Subnet {
  readonly family: Family;
  readonly first: bigint;
  readonly prefix: number;
}

/** Reads a block such as `10.9.0.0/24` or `fd00::/64`, and clears its host bits; nothing for anything else. */
export function parseSubnet(text: string): Subnet | undefined {
  const [, base = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const ip = parseIp(base);
  const prefix = Number(digits);
  if (!ip || prefix < 1 || prefix > BITS[ip.family]) return undefined;
  const size = sizeOf({ family: ip.family, prefix });
  return { family: ip.family, first: ip.value - (ip.value % size), prefix };
}

/** Writes a block. */
export function formatSubnet({ family, first, prefix }: Subnet): string {
  return `${formatIp({ family, value: first })}/${prefix}`;
}

/** The block of an address and a prefix length. */
export function networkOf(address: string, prefix: unknown): string | undefined {
  const subnet = typeof prefix === 'number' ? parseSubnet(`${address}/${prefix}`) : undefined;
  return subnet && formatSubnet(subnet);
}

/** The address that Docker gives the gateway of a network unless told otherwise: the first of the block. */
export function firstAddress(text: string): string | undefined {
  const subnet = parseSubnet(text);
  if (!subnet || subnet.prefix === BITS[subnet.family]) return undefined;
  return formatIp({ family: subnet.family, value: subnet.first + 1n });
}

/** Tells whether an address is in a block. */
export function isInSubnet(block: string, address: string): boolean {
  const subnet = parseSubnet(block);
  const ip = parseIp(address);
  return subnet !== undefined && ip !== undefined && holds(subnet, ip);
}

/** Tells whether two blocks have an address in common. */
export function overlaps(one: Subnet, other: Subnet): boolean {
  return (
    one.family === other.family &&
    one.first < other.first + sizeOf(other) &&
    other.first < one.first + sizeOf(one)
  );
}

/**
 * A part of a block for Docker to hand out from, so that it never gives a static address to somebody else: the upper
 * half of an IPv4 block, 65 536 addresses of an IPv6 one. Nothing where the address is in it, or the block is too small.
 */
export function rangeForOthers(block: string, address: string): string | undefined {
  const subnet = parseSubnet(block);
  const ip = parseIp(address);
  if (!subnet || !ip || !holds(subnet, ip)) return undefined;
  const { family, first, prefix } = subnet;
  if (family === 4 ? prefix < 8 || prefix > 28 : prefix > 111) return undefined;
  const range =
    family === 4
      ? { family, first: first + sizeOf(subnet) / 2n, prefix: prefix + 1 }
      : { family, first: first + 0x10000n, prefix: 112 };
  return holds(range, ip) ? undefined : formatSubnet(range);
}

/** The first address of a block that nobody has: not the block’s own, the gateway, the last, nor one that is taken. */
export function freeAddress(block: string, taken: readonly string[]): string | undefined {
  const subnet = parseSubnet(block);
  if (!subnet) return undefined;
  const { family, first } = subnet;
  const used = new Set(taken.flatMap((text) => parseIp(text)?.value ?? []));
  for (let value = first + 2n; value < first + sizeOf(subnet) - 1n; value += 1n) {
    if (!used.has(value)) return formatIp({ family, value });
  }
  return undefined;
}

function holds(subnet: Subnet, ip: Ip): boolean {
  return (
    ip.family === subnet.family &&
    ip.value >= subnet.first &&
    ip.value < subnet.first + sizeOf(subnet)
  );
}

function sizeOf({ family, prefix }: Pick<Subnet, 'family' | 'prefix'>): bigint {
  return 1n << BigInt(BITS[family] - prefix);
}
