import { utf8Length } from '../encoding/decode-utf8.js';
import type { Field } from '../headers/compile-fields.js';
import { trimOws } from '../headers/trim-ows.js';
import { isPlaceholder } from './is-placeholder.js';
import { isPlainName } from './is-plain-text.js';
import type { Limits } from './limits.js';
import { decodeText, isVerbatim, MALFORMED } from './read-value.js';

/**
 * Reads groups into a list (H6): decodes each line, splits it at the separator, trims, drops empty ones and later
 * duplicates. Inner spaces stay (`Domain Admins`). Tells whether all of them could be read.
 *
 * A group that is malformed or too long is left out, since policies only ever admit: fewer groups can only mean less
 * (H4). Malformed as a whole are lines that cannot be decoded, and too many bytes or groups.
 */
export function readGroups(
  groups: string[],
  lines: string | readonly string[],
  field: Field,
  limits: Limits,
): 'whole' | 'partial' | typeof MALFORMED {
  let isWhole = true;
  let bytesLeft = limits.groupsBytes;
  for (const line of typeof lines === 'string' ? [lines] : lines) {
    const isPlain = isVerbatim(line, field.encoding);
    const text = isPlain ? line : decodeText(line, field.encoding, bytesLeft);
    if (text === undefined) continue;
    if (text === MALFORMED || isLonger(text, bytesLeft)) return MALFORMED;
    isWhole = addGroups(groups, text, isPlain, field.separator, limits) && isWhole;
    if (groups.length > limits.groups) return MALFORMED;
    bytesLeft -= utf8Length(text);
  }
  return isWhole ? 'whole' : 'partial';
}

/** Adds the groups in a text, or in all of a line, and tells whether none was left out; stops where there are too many. */
function addGroups(
  groups: string[],
  text: string,
  isPlain: boolean,
  separator: string,
  limits: Limits,
): boolean {
  let isWhole = true;
  // Not `text.split(separator)`, which is three times slower for texts that it has not seen before.
  let start = 0;
  while (start <= text.length && groups.length <= limits.groups) {
    const at = separator === 'line' ? -1 : text.indexOf(separator, start);
    const end = at < 0 ? text.length : at;
    const group = trimOws(text.slice(start, end));
    start = end + separator.length;
    if (group === '') continue;
    if (
      isLonger(group, limits.groupBytes) ||
      isPlaceholder(group) ||
      !(isPlain || isPlainName(group))
    ) {
      isWhole = false;
      continue;
    }
    // A look through a short list beats a set; the limit bounds it.
    if (!groups.includes(group)) groups.push(group);
  }
  return isWhole;
}

/** Tells whether text takes more than `bytes` bytes of UTF-8. No character takes more than three a unit. */
function isLonger(text: string, bytes: number): boolean {
  return text.length * 3 > bytes && utf8Length(text) > bytes;
}
