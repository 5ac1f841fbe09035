import { utf8Length } from '../encoding/decode-utf8.js';
import type { Field } from '../headers/field.js';
import type { FieldLines } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import type { Limits } from './limits.js';
import { isMalformed, type Malformed, overLimit } from './malformed.js';
import { SHORT_LIST } from './ordinary.js';
import { decodeText, groupFault, isVerbatim, tooLong } from './read-value.js';
import { splitOtherwise } from './split-otherwise.js';

/** What the groups' header came to. */
export interface GroupsReading {
  readonly groups: readonly string[];
  /** Some could not be read, and are not there: why the first of them was not. */
  readonly dropped: Malformed | undefined;
  /** Only what is malformed as a whole has one. */
  readonly detail?: never;
}

/**
 * Reads the groups (H6): decodes each line, splits it at the separator, trims, drops empty ones and later duplicates.
 *
 * No line: undefined. Only empty ones: no groups. Inner spaces stay (`Domain Admins`). A group that is malformed or too
 * long is left out, since policies only ever admit: fewer groups can only mean less (H4). Malformed as a whole are lines
 * that cannot be decoded, and too many bytes or groups.
 */
export function readGroups(
  lines: FieldLines,
  field: Field,
  limits: Limits,
): GroupsReading | Malformed | undefined {
  if (lines === undefined) return undefined;
  const reading: Draft = { groups: [], dropped: undefined, seen: undefined };
  const maxBytes = limits.groupsBytes;
  let bytes = 0;
  for (const line of typeof lines === 'string' ? [lines] : lines) {
    const isPlain = isVerbatim(line, field.encoding);
    const text = isPlain
      ? (tooLong(line, 'groupsBytes', maxBytes, bytes) ?? line)
      : decodeText(line, field.encoding, 'groupsBytes', maxBytes, bytes);
    if (text === undefined) continue;
    if (isMalformed(text)) return text;
    addGroups(reading, text, isPlain, field, limits.groupBytes);
    bytes += isPlain ? text.length : utf8Length(text);
  }
  const { groups } = reading;
  return groups.length > limits.groups
    ? overLimit('groups', groups.length, limits.groups)
    : reading;
}

/** A reading that is still going on. */
interface Draft {
  readonly groups: string[];
  dropped: Malformed | undefined;
  /** The same groups, once they are many. */
  seen: Set<string> | undefined;
}

const WRONG_ESCAPE: Malformed = { detail: 'a backslash that escapes nothing' };

/** Adds the groups in a text, which may be all of a line. The limit of bytes bounds how many there can be. */
function addGroups(
  reading: Draft,
  text: string,
  isPlain: boolean,
  field: Field,
  maxBytes: number,
): void {
  const { separator } = field;
  if (field.isNames || field.escaped !== undefined) {
    for (const group of splitOtherwise(text, field)) {
      if (group === undefined) reading.dropped ??= WRONG_ESCAPE;
      else addGroup(reading, group, isPlain, maxBytes);
    }
    return;
  }
  // Not `text.split(separator)`, which is three times slower for texts that it has not seen before.
  let start = 0;
  while (start <= text.length) {
    const at = separator === 'line' ? -1 : text.indexOf(separator, start);
    const end = at < 0 ? text.length : at;
    addGroup(reading, text.slice(start, end), isPlain, maxBytes);
    start = end + separator.length;
  }
}

function addGroup(reading: Draft, text: string, isPlain: boolean, maxBytes: number): void {
  const group = trimOws(text);
  if (group === '') return;
  const fault = groupFault(group, isPlain, maxBytes);
  if (fault) reading.dropped ??= fault;
  else if (isNew(reading, group)) reading.groups.push(group);
}

function isNew(reading: Draft, group: string): boolean {
  const { groups } = reading;
  if (groups.length <= SHORT_LIST) return !groups.includes(group);
  reading.seen ??= new Set(groups);
  return reading.seen.size < reading.seen.add(group).size;
}
