import { decodeHeader } from '../encoding/decode-header.js';
import { utf8Length } from '../encoding/decode-utf8.js';
import { trimOws } from '../headers/trim-ows.js';
import type { HeaderEncoding } from '../profiles/header-profile.js';
import { isPlaceholder, isPlainAscii, isPlainText } from './is-plain-text.js';

/** The answer for a value that cannot be read one way only. */
export const MALFORMED = null;

/** No encoding takes more characters for a byte: `=?iso-8859-1?q?=41?=` with a language tag, for very short texts. */
const LONGEST_SPELLING = 64;

/**
 * Reads one value: trims, decodes, checks (H4, H5, H12). Empty is absent.
 *
 * Malformed are: bytes outside the encoding, control and invisible characters, placeholders, more than `maxBytes`
 * bytes of UTF-8, and text that shows white space at its ends only after decoding.
 */
export function readValue(
  raw: string,
  encoding: HeaderEncoding,
  maxBytes: number,
): string | undefined | typeof MALFORMED {
  // Nearly all values are what they say: nothing to trim or decode, one byte a character.
  if (isItself(encoding) && isPlainAscii(raw)) {
    return raw.length > maxBytes || isPlaceholder(raw) ? MALFORMED : raw;
  }
  const trimmed = trimOws(raw);
  if (trimmed === '') return undefined;
  if (trimmed.length > maxBytes * LONGEST_SPELLING) return MALFORMED;
  const text = decodeCleanly(trimmed, encoding);
  if (text === undefined || isPlaceholder(text)) return MALFORMED;
  return utf8Length(text) > maxBytes ? MALFORMED : text;
}

function decodeCleanly(raw: string, encoding: HeaderEncoding): string | undefined {
  const text = decodeHeader(raw, encoding);
  if (text === undefined || text === '' || trimOws(text) !== text) return undefined;
  return isPlainText(text) ? text : undefined;
}

/** In these encodings ASCII stands for itself. */
function isItself(encoding: HeaderEncoding): boolean {
  return encoding === 'utf-8' || encoding === 'latin1';
}
