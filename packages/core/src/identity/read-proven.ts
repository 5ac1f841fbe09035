import { utf8Length } from '../encoding/decode-utf8.js';
import { trimOws } from '../headers/trim-ows.js';
import { isPlaceholder } from './is-placeholder.js';
import { isPlainName, isPlainText, unseenIn } from './is-plain-text.js';
import type { Limits } from './limits.js';
import { type Malformed, overLimit, type Reading } from './malformed.js';
import { type ByteLimit, groupFault, isEmail, tooLong } from './read-value.js';

/** Somebody whom a proof names (`withProof`), as text: core reads it as strictly as it reads headers (H4). */
export interface ProvenIdentity {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly name?: string;
  readonly email?: string;
  readonly extra?: Readonly<Record<string, string>>;
}

const NO_TEXT: Malformed = { detail: 'it is no text' };
const BLANK: Malformed = { detail: 'it is empty, or has white space at its ends' };
const PLACEHOLDER: Malformed = { detail: 'a placeholder that nobody filled in' };
const NO_EMAIL: Malformed = { detail: 'not one @ between two parts' };

/** Reads a user, an email or an extra value that is text already: changes nothing of it. */
export function readProvenText(
  text: unknown,
  limit: ByteLimit,
  { [limit]: maxBytes }: Limits,
): Reading {
  if (text === undefined) return undefined;
  const fault = faultOf(text, limit, maxBytes);
  if (fault || typeof text !== 'string') return fault ?? NO_TEXT;
  if (!isPlainText(text)) return unseenIn(text);
  return limit === 'emailBytes' && !isEmail(text) ? NO_EMAIL : text;
}

/** Reads a name, in NFC. */
export function readProvenName(text: unknown, { nameBytes }: Limits): Reading {
  if (text === undefined) return undefined;
  const fault = faultOf(text, 'nameBytes', nameBytes);
  if (fault || typeof text !== 'string') return fault ?? NO_TEXT;
  return isPlainName(text) ? text.normalize('NFC') : unseenIn(text);
}

/** What groups came to, and why the first of those that were left out was. */
export interface ProvenGroups {
  readonly groups: readonly string[];
  readonly dropped: Malformed | undefined;
  readonly detail?: never;
}

/** Reads groups: without duplicates, and without those that are malformed, since fewer groups can only mean less. */
export function readProvenGroups(
  given: unknown,
  { groups: most, groupsBytes, groupBytes }: Limits,
): ProvenGroups | Malformed | undefined {
  if (given === undefined) return undefined;
  if (!Array.isArray(given)) return { detail: 'they are no list' };
  if (given.length > most) return overLimit('groups', given.length, most);
  const groups = new Set<string>();
  let dropped: Malformed | undefined;
  let bytes = 0;
  for (const group of Array.from<unknown>(given)) {
    const fault = groupFaultOf(group, groupBytes);
    if (typeof group !== 'string' || fault) {
      dropped ??= fault ?? NO_TEXT;
      continue;
    }
    bytes += utf8Length(group);
    groups.add(group);
  }
  if (bytes > groupsBytes) return overLimit('groupsBytes', bytes, groupsBytes);
  return { groups: [...groups], dropped };
}

function groupFaultOf(group: unknown, maxBytes: number): Malformed | undefined {
  if (typeof group !== 'string') return NO_TEXT;
  return isBlank(group) ? BLANK : groupFault(group, false, maxBytes);
}

function faultOf(text: unknown, limit: ByteLimit, maxBytes: number): Malformed | undefined {
  if (typeof text !== 'string') return NO_TEXT;
  if (isBlank(text)) return BLANK;
  return tooLong(text, limit, maxBytes) ?? (isPlaceholder(text) ? PLACEHOLDER : undefined);
}

function isBlank(text: string): boolean {
  return text === '' || trimOws(text) !== text;
}
