import { decodeHeader } from '../encoding/decode-header.js';
import { utf8Length } from '../encoding/decode-utf8.js';
import type { Field } from '../headers/field.js';
import { trimOws } from '../headers/trim-ows.js';
import type { HeaderEncoding } from '../profiles/header-profile.js';
import { behindPrefix } from './behind-prefix.js';
import { isPlaceholder } from './is-placeholder.js';
import { isPlainAscii, isPlainName, isPlainText, unseenIn } from './is-plain-text.js';
import type { Limits } from './limits.js';
import { type Malformed, overLimit, type Reading } from './malformed.js';

/** The limit that holds for a value. */
export type ByteLimit = Extract<keyof Limits, `${string}Bytes`>;

/** No encoding takes more characters for a byte: `=?iso-8859-1?q?=41?=` with a language tag, for very short texts. */
const LONGEST_SPELLING = 64;

const PLACEHOLDER: Malformed = { detail: 'a placeholder that the proxy did not fill in' };

/**
 * Reads one value that identifies: trims, takes the prefix off, decodes, checks, and changes nothing (H4, H5, H12). Empty is
 * absent.
 *
 * Malformed is what {@link behindPrefix} and {@link decodeText} refuse, and control or invisible characters, and placeholders.
 */
export function readValue(
  line: string,
  { encoding, prefix }: Field,
  limit: ByteLimit,
  maxBytes: number,
): Reading {
  const raw = prefix === '' ? line : behindPrefix(line, prefix);
  if (typeof raw !== 'string') return raw;
  if (isVerbatim(raw, encoding))
    return isSound(raw, maxBytes) ? raw : faultOf(raw, limit, maxBytes);
  const text = decodeText(raw, encoding, limit, maxBytes);
  if (typeof text !== 'string') return text;
  if (isPlaceholder(text)) return PLACEHOLDER;
  return isPlainText(text) ? text : unseenIn(text);
}

/**
 * Reads a name, which is for people and identifies nobody: with the joiners that its spelling needs, and in NFC (H5).
 * Its length is that of the value as it came.
 */
export function readName(line: string, field: Field, maxBytes: number): Reading {
  const { encoding, prefix } = field;
  const raw = prefix === '' ? line : behindPrefix(line, prefix);
  if (typeof raw !== 'string') return raw;
  if (isVerbatim(raw, encoding)) {
    return isSound(raw, maxBytes) ? raw : faultOf(raw, 'nameBytes', maxBytes);
  }
  const text = decodeText(raw, encoding, 'nameBytes', maxBytes);
  if (typeof text !== 'string') return text;
  if (isPlaceholder(text)) return PLACEHOLDER;
  return isPlainName(text) ? text.normalize('NFC') : unseenIn(text);
}

/** Says why one group out of a line cannot be read; undefined for a good one. */
export function groupFault(
  group: string,
  isPlain: boolean,
  maxBytes: number,
): Malformed | undefined {
  if (!isSound(group, maxBytes)) return faultOf(group, 'groupBytes', maxBytes);
  return isPlain || isPlainName(group) ? undefined : unseenIn(group);
}

/** Tells whether a line is what it says, as nearly all are: nothing to trim or decode, one byte a character. */
export function isVerbatim(raw: string, encoding: HeaderEncoding): boolean {
  return isItself(encoding) && isPlainAscii(raw);
}

/**
 * Reads the text of a line, whatever characters are in it. Empty is absent.
 *
 * Malformed are: bytes outside the encoding, more than `maxBytes` bytes of UTF-8, and text that shows white space at its
 * ends only after decoding.
 *
 * @param before Bytes that earlier lines have taken of the limit.
 */
export function decodeText(
  raw: string,
  encoding: HeaderEncoding,
  limit: ByteLimit,
  maxBytes: number,
  before = 0,
): Reading {
  const trimmed = trimOws(raw);
  if (trimmed === '') return undefined;
  if (trimmed.length > maxBytes * LONGEST_SPELLING) {
    return overLimit(limit, before + trimmed.length, maxBytes);
  }
  const text = decodeHeader(trimmed, encoding);
  if (text === undefined) return { detail: `bytes that are not ${encoding}` };
  if (text === '' || trimOws(text) !== text) {
    return { detail: 'white space at its ends once decoded' };
  }
  return tooLong(text, limit, maxBytes, before) ?? text;
}

/** Refuses text that takes more bytes of UTF-8 than there are left. */
export function tooLong(
  text: string,
  limit: ByteLimit,
  maxBytes: number,
  before = 0,
): Malformed | undefined {
  if (isWithin(text, maxBytes - before)) return undefined;
  return overLimit(limit, before + utf8Length(text), maxBytes);
}

/** Tells whether text is short enough, and no placeholder. */
function isSound(text: string, maxBytes: number): boolean {
  return isWithin(text, maxBytes) && !isPlaceholder(text);
}

/** Says why text is not sound. */
function faultOf(text: string, limit: ByteLimit, maxBytes: number): Malformed {
  return tooLong(text, limit, maxBytes) ?? PLACEHOLDER;
}

/** No character takes more than three bytes a unit. */
function isWithin(text: string, maxBytes: number): boolean {
  return text.length * 3 <= maxBytes || utf8Length(text) <= maxBytes;
}

/** In these encodings ASCII stands for itself. */
function isItself(encoding: HeaderEncoding): boolean {
  return encoding === 'utf-8' || encoding === 'latin1';
}

/** Exactly one `@` between parts that are not empty. More than that is the identity provider's business. */
export function isEmail(text: string): boolean {
  const at = text.indexOf('@');
  return at > 0 && at < text.length - 1 && text.indexOf('@', at + 1) < 0;
}
