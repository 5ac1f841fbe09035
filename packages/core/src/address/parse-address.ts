/** What {@link parseAddress} found: IPv4 in `words[0]`, IPv6 in `words[0..3]`, or text that is no address. */
export type Family = 4 | 6 | 0;

const COLON = 58;
const DOT = 46;
const ZERO = 48;
const NO_DIGIT = 255;

/** The longest text of an address: six groups of four hex digits and a dotted quad. */
const LONGEST = 45;

/** The values of hex digits by their character codes; of other characters {@link NO_DIGIT}, which a byte makes of -1. */
const HEX_DIGITS = Uint8Array.from({ length: 128 }, (_, code) =>
  '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()),
);

const groups = new Uint16Array(8);

/**
 * Parses the text of one address into 32-bit words, most significant first, without allocating.
 *
 * IPv4: four decimal numbers without leading zeros. IPv6: RFC 4291 section 2.2, all three forms. An IPv4-mapped
 * address comes out as IPv4 (T3). Refuses everything else: short forms, hex, octal, zones, ports, brackets, white space.
 *
 * @param end Where the address ends in `text`.
 * @param words Gets the result; left in no particular state on 0.
 */
export function parseAddress(text: string, end: number, words: Uint32Array): Family {
  if (end < 2 || end > LONGEST) return 0;
  if (looksLikeIPv4(text)) return parseIPv4(text, 0, end, words) ? 4 : 0;
  if (!parseIPv6(text, end, words)) return 0;
  if (words[0] !== 0 || words[1] !== 0 || words[2] !== 0xffff) return 6;
  words[0] = words[3] ?? 0;
  return 4;
}

/** A dot behind at most three digits. `::1.2.3.4` has one there too. */
function looksLikeIPv4(text: string): boolean {
  if (text.charCodeAt(0) === COLON) return false;
  return text.charCodeAt(1) === DOT || text.charCodeAt(2) === DOT || text.charCodeAt(3) === DOT;
}

function parseIPv4(text: string, start: number, end: number, words: Uint32Array): boolean {
  let address = 0;
  let octet = -1;
  let dots = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (octet < 0 || dots === 3) return false;
      address = (address << 8) | octet;
      octet = -1;
      dots++;
      continue;
    }
    const digit = code - ZERO;
    // `octet === 0` here is a leading zero: octal to some readers, decimal to others.
    if (digit < 0 || digit > 9 || octet === 0) return false;
    octet = octet < 0 ? digit : octet * 10 + digit;
    if (octet > 255) return false;
  }
  if (dots !== 3 || octet < 0) return false;
  words[0] = (address << 8) | octet;
  return true;
}

function parseIPv6(text: string, end: number, words: Uint32Array): boolean {
  let count = 0;
  let gap = -1;
  let i = 0;
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false;
    gap = 0;
    i = 2;
  }
  while (i < end) {
    if (count === 8) return false;
    const start = i;
    let group = 0;
    let code = 0;
    for (; i < end; i++) {
      code = text.charCodeAt(i);
      const digit = code < 128 ? (HEX_DIGITS[code] ?? NO_DIGIT) : NO_DIGIT;
      if (digit === NO_DIGIT) break;
      group = (group << 4) | digit;
    }
    if (i < end && code === DOT) {
      if (count > 6 || !parseIPv4(text, start, end, words)) return false;
      const quad = words[0] ?? 0;
      groups[count++] = quad >>> 16;
      groups[count++] = quad & 0xffff;
      break;
    }
    if (i === start || i - start > 4) return false;
    groups[count++] = group;
    if (i === end) break;
    if (code !== COLON) return false;
    i++;
    if (i === end) return false;
    if (text.charCodeAt(i) === COLON) {
      if (gap >= 0) return false;
      gap = count;
      i++;
    }
  }
  return gap < 0
    ? count === 8 && joinGroups(8, 8, words)
    : count < 8 && joinGroups(count, gap, words);
}

/** Moves the groups behind `gap` to the end, fills the gap with zeros, and joins the eight in pairs. */
function joinGroups(count: number, gap: number, words: Uint32Array): true {
  const missing = 8 - count;
  for (let i = count - 1; i >= gap; i--) groups[i + missing] = groups[i] ?? 0;
  for (let i = gap; i < gap + missing; i++) groups[i] = 0;
  for (let i = 0; i < 4; i++) {
    words[i] = ((groups[2 * i] ?? 0) << 16) | (groups[2 * i + 1] ?? 0);
  }
  return true;
}
