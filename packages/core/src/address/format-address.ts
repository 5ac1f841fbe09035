/** Writes an address in canonical form: dotted decimal, or RFC 5952 section 4. */
export function formatAddress(family: 4 | 6, words: ArrayLike<number>): string {
  return family === 4 ? formatIPv4(words[0] ?? 0) : formatIPv6(words);
}

function formatIPv4(address: number): string {
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join('.');
}

function formatIPv6(words: ArrayLike<number>): string {
  const groups = Array.from({ length: 8 }, (_, i) => {
    const word = words[i >>> 1] ?? 0;
    return i % 2 === 0 ? word >>> 16 : word & 0xffff;
  });
  const text = groups.map((group) => group.toString(16)).join(':');
  // The first of the longest runs of zeros, of two groups at least.
  const [gap] = (text.match(/\b0(?::0)+\b/g) ?? []).sort((a, b) => b.length - a.length);
  return gap === undefined ? text : cut(text, gap);
}

function cut(text: string, gap: string): string {
  const at = `:${text}:`.indexOf(`:${gap}:`);
  const before = text.slice(0, Math.max(0, at - 1));
  return `${before}::${text.slice(at + gap.length + 1)}`;
}
