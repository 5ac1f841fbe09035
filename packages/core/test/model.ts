/** The slow, obvious model of the trust rules: text to bits to prefix comparison, nothing compiled. */

export interface ModelAddress {
  readonly family: 4 | 6;
  readonly bits: string;
}

/** Reads an address the plain way; undefined for anything that RFC 4291 and dotted decimal do not allow. */
export function modelAddress(text: string): ModelAddress | undefined {
  const v4 = modelIPv4(text);
  if (v4 !== undefined) return { family: 4, bits: v4 };
  const bits = modelIPv6(text);
  if (bits === undefined) return undefined;
  const mapped = `${'0'.repeat(80)}${'1'.repeat(16)}`;
  return bits.startsWith(mapped) ? { family: 4, bits: bits.slice(96) } : { family: 6, bits };
}

function modelIPv4(text: string): string | undefined {
  const octet = '(0|[1-9][0-9]{0,2})';
  const parts = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`)
    .exec(text)
    ?.slice(1)
    .map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  return parts.map((part) => binary(part, 8)).join('');
}

function modelIPv6(text: string): string | undefined {
  const sides = text.split('::');
  if (sides.length > 2) return undefined;
  const [left, right] = sides.map((side) => (side === '' ? [] : modelGroups(side)));
  if (!left) return undefined;
  if (sides.length === 1) return left.length === 8 ? left.join('') : undefined;
  if (!right || left.length + right.length > 7) return undefined;
  if (sides[0]?.includes('.')) return undefined;
  return [
    ...left,
    ...Array<string>(8 - left.length - right.length).fill('0'.repeat(16)),
    ...right,
  ].join('');
}

function modelGroups(side: string): string[] | undefined {
  const groups: string[] = [];
  const parts = side.split(':');
  for (const [i, part] of parts.entries()) {
    const quad = i === parts.length - 1 ? modelIPv4(part) : undefined;
    if (quad) groups.push(quad.slice(0, 16), quad.slice(16));
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(binary(Number.parseInt(part, 16), 16));
    else return undefined;
  }
  return groups;
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

/** Tells whether a block (as text, known to be legal) holds an address. */
export function modelHolds(block: string, address: ModelAddress): boolean {
  const [text = '', length] = block.split('/');
  const network = modelAddress(text);
  if (!network || network.family !== address.family) return false;
  const written = text.includes(':') ? 128 : 32;
  const prefix = Number(length ?? written) - (written === 128 && network.family === 4 ? 96 : 0);
  return network.bits.slice(0, prefix) === address.bits.slice(0, prefix);
}
