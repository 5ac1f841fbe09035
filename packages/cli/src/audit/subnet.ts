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
  const [base = '', digits = ''] = block.split('/');
  const prefix = Number(digits);
  const first = numberOf(base);
  const value = numberOf(address);
  if (first === undefined || value === undefined || !(prefix >= 8 && prefix <= 28))
    return undefined;
  const middle = first + 2 ** (31 - prefix);
  return value < middle ? `${dotted(middle)}/${prefix + 1}` : undefined;
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || !parts.every((part) => part >= 0 && part <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');
}
