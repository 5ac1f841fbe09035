import { utf8Length } from '../encoding/decode-utf8.js';
import type { Field } from '../headers/compile-fields.js';
import type { FieldLines } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import { isPlaceholder } from './is-plain-text.js';
import type { Limits } from './limits.js';
import { MALFORMED, readValue } from './read-value.js';

/**
 * Reads the groups (H6): decodes each line, splits it at the separator, trims, drops empty ones and later duplicates.
 *
 * No line: undefined. Only empty ones: no groups. Inner spaces stay (`Domain Admins`).
 */
export function readGroups(
  lines: FieldLines,
  field: Field,
  limits: Limits,
): readonly string[] | undefined | typeof MALFORMED {
  if (lines === undefined) return undefined;
  const groups: string[] = [];
  let bytesLeft = limits.groupsBytes;
  for (const line of typeof lines === 'string' ? [lines] : lines) {
    const text = readValue(line, field.encoding, bytesLeft);
    if (text === MALFORMED) return MALFORMED;
    if (text === undefined) continue;
    if (!addGroups(groups, text, field.separator, limits)) return MALFORMED;
    bytesLeft -= utf8Length(text);
  }
  return groups;
}

/** Adds the groups in a text, or in all of a line. False for a placeholder, a group that is too long, or too many. */
function addGroups(groups: string[], text: string, separator: string, limits: Limits): boolean {
  // Not `text.split(separator)`, which is three times slower for texts that it has not seen before.
  let start = 0;
  while (start <= text.length) {
    const at = separator === 'line' ? -1 : text.indexOf(separator, start);
    const end = at < 0 ? text.length : at;
    const group = trimOws(text.slice(start, end));
    start = end + separator.length;
    if (group === '') continue;
    if (isPlaceholder(group) || isLonger(group, limits.groupBytes)) return false;
    // A look through a short list beats a set; the limit bounds it.
    if (!groups.includes(group)) groups.push(group);
    if (groups.length > limits.groups) return false;
  }
  return true;
}

/** Tells whether text takes more than `bytes` bytes of UTF-8. No character takes more than three a unit. */
function isLonger(text: string, bytes: number): boolean {
  return text.length * 3 > bytes && utf8Length(text) > bytes;
}
