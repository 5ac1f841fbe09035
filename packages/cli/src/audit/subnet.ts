/** The block of an IPv4 address and prefix length, with host bits cleared; nothing for IPv6. */
export function networkOf(address: string, prefix: number): string | undefined {
  const value = numberOf(address);
  if (value === undefined || !Number.isInteger(prefix) || prefix < 1 || prefix > 32)
    return undefined;
  const size = 2 ** (32 - prefix);
  return `${dotted(value - (value % size))}/${prefix}`;
}

/**
 * The upper half of an IPv4 block, for Docker to hand out from, so that it never gives a static address of the lower
 * half to somebody else. Nothing where the address is in the upper half itself, or the block is too small.
 */
export function upperHalf(block: string, address: string): string | undefined {
  const network = parseSubnet(block);
  const value = numberOf(address);
  if (!network || value === undefined || network.prefix < 8 || network.prefix > 28)
    return undefined;
  const middle = network.first + 2 ** (31 - network.prefix);
  return value < middle ? `${dotted(middle)}/${network.prefix + 1}` : undefined;
}

/** The address that Docker gives the gateway of a network unless told otherwise: the first of an IPv4 block. */
export function firstAddress(block: string): string | undefined {
  const network = parseSubnet(block);
  return network && network.prefix < 32 ? dotted(network.first + 1) : undefined;
}

/** Tells whether an IPv4 address is in a block. */
export function isInSubnet(block: string, address: string): boolean {
  const network = parseSubnet(block);
  const value = numberOf(address);
  if (!network || value === undefined) return false;
  return value >= network.first && value < network.first + 2 ** (32 - network.prefix);
}

function parseSubnet(block: string): { first: number; prefix: number } | undefined {
  const [, base = '', digits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(block) ?? [];
  const value = numberOf(base);
  const prefix = Number(digits);
  if (value === undefined || prefix < 1 || prefix > 32) return undefined;
  return { first: value - (value % 2 ** (32 - prefix)), prefix };
}

function numberOf(address: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return undefined;
  const parts = address.split('.').map(Number);
  if (!parts.every((part) => part <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');
}
