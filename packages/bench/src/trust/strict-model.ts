/**
 * Tells slowly, by the rules of the design alone, whether a text is an address in a list: dotted decimal without leading
 * zeros, or RFC 4291 section 2.2 text without a zone; a mapped IPv4 address is the address in it; anything else is not.
 */
export function createModel(prefixes: readonly string[]): (peer: string) => boolean {
  const blocks = prefixes.map((text) => {
    const [network = '', length] = text.split('/');
    const address = parse(network);
    if (!address) throw new Error(`${text} is no block`);
    const bits = length === undefined ? address.bits : Number(length);
    return { ...address, shift: BigInt(address.bits - bits) };
  });
  return (peer) => {
    const address = parse(peer);
    return (
      address !== undefined &&
      blocks.some(
        ({ bits, value, shift }) =>
          bits === address.bits && value >> shift === address.value >> shift,
      )
    );
  };
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parse(text: string): Address | undefined {
  const four = parseIpv4(text);
  if (four !== undefined) return { bits: 32, value: four };
  const six = parseIpv6(text);
  if (six === undefined) return undefined;
  return six >> 32n === 0xffffn
    ? { bits: 32, value: six & 0xffff_ffffn }
    : { bits: 128, value: six };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  const isStrict = parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  if (parts.length !== 4 || !isStrict) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const four = tail && parseIpv4(tail[2] ?? '');
  if (tail && four === undefined) return undefined;
  const plain = tail
    ? `${tail[1]}${((four ?? 0n) >> 16n).toString(16)}:${((four ?? 0n) & 0xffffn).toString(16)}`
    : text;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}
