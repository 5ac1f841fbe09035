// Who is trusted, told in the plainest way there is: addresses as whole numbers, one after the other. Shares nothing with core.

/** Tells whether an address is one of those, or in one of those blocks. */
export function modelOf(entries: readonly string[]): (address: bigint | undefined) => boolean {
  const ranges = entries.map((entry) => {
    const [text = '', prefix] = entry.split('/');
    const first = numberOf(text);
    if (first === undefined) throw new Error(`no address: ${entry}`);
    const bits =
      prefix === undefined ? 0n : BigInt((text.includes(':') ? 128 : 32) - Number(prefix));
    return { first, last: first + 2n ** bits - 1n };
  });
  return (address) =>
    address !== undefined && ranges.some(({ first, last }) => address >= first && address <= last);
}

const MAPPED = 0xffffn << 32n;

/** The address as IPv6 has it, IPv4 mapped; undefined for what is none. */
export function numberOf(text: string): bigint | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    const parts = text.split('.');
    if (parts.some((part) => part !== String(Number(part)) || Number(part) > 255)) return undefined;
    return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) + MAPPED;
  }
  if (!/^[\da-f:.]+$/.test(text) || !text.includes(':')) return undefined;
  const quad = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (quad) {
    const low = (numberOf(quad[2] ?? '') ?? 0n) - MAPPED;
    const groups = `${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
    return numberOf(`${quad[1]}${groups}`);
  }
  const [before = '', after] = text.split('::').map((half) => half.split(':').filter((it) => it));
  const missing = 8 - before.length - (after?.length ?? 0);
  const groups = [
    ...before,
    ...Array.from({ length: Math.max(missing, 0) }, () => '0'),
    ...(after ?? []),
  ];
  if (groups.length !== 8 || groups.some((group) => !/^[\da-f]{1,4}$/.test(group)))
    return undefined;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
