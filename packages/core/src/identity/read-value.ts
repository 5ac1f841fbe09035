import { decodeHeader } from '../encoding/decode-header.js';
import { utf8Length } from '../encoding/decode-utf8.js';
import { trimOws } from '../headers/trim-ows.js';
import type { HeaderEncoding } from '../profiles/header-profile.js';
import { isPlaceholder } from './is-placeholder.js';
import { isPlainAscii, isPlainName, isPlainText } from './is-plain-text.js';

/** The answer for a value that cannot be read one way only. */
export const MALFORMED = null;

/** No encoding takes more characters for a byte: `=?iso-8859-1?q?=41?=` with a language tag, for very short texts. */
const LONGEST_SPELLING = 64;

/**
 * Reads one value that identifies: trims, decodes, checks, and changes nothing (H4, H5, H12). Empty is absent.
 *
 * Malformed is what {@link decodeText} refuses, and control or invisible characters, and placeholders.
 */
export function readValue(
  raw: string,
  encoding: HeaderEncoding,
  maxBytes: number,
): string | undefined | typeof MALFORMED {
  if (isVerbatim(raw, encoding)) return ifSound(raw, maxBytes);
  const text = decodeText(raw, encoding, maxBytes);
  if (typeof text !== 'string') return text;
  return isPlainText(text) && !isPlaceholder(text) ? text : MALFORMED;
}

/**
 * Reads a name, which is for people and identifies nobody: with the joiners that its spelling needs, and in NFC (H5).
 * Its length is that of the value as it came.
 */
export function readName(
  raw: string,
  encoding: HeaderEncoding,
  maxBytes: number,
): string | undefined | typeof MALFORMED {
  if (isVerbatim(raw, encoding)) return ifSound(raw, maxBytes);
  const text = decodeText(raw, encoding, maxBytes);
  if (typeof text !== 'string') return text;
  return isPlainName(text) && !isPlaceholder(text) ? text.normalize('NFC') : MALFORMED;
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
 */
export function decodeText(
  raw: string,
  encoding: HeaderEncoding,
  maxBytes: number,
): string | undefined | typeof MALFORMED {
  const trimmed = trimOws(raw);
  if (trimmed === '') return undefined;
  if (trimmed.length > maxBytes * LONGEST_SPELLING) return MALFORMED;
  const text = decodeHeader(trimmed, encoding);
  if (text === undefined || text === '' || trimOws(text) !== text) return MALFORMED;
  return utf8Length(text) > maxBytes ? MALFORMED : text;
}

/** Refuses plain ASCII that is too long, and placeholders. */
function ifSound(text: string, maxBytes: number): string | typeof MALFORMED {
  return text.length > maxBytes || isPlaceholder(text) ? MALFORMED : text;
}

/** In these encodings ASCII stands for itself. */
function isItself(encoding: HeaderEncoding): boolean {
  return encoding === 'utf-8' || encoding === 'latin1';
}
