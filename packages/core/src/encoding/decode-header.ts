import type { HeaderEncoding } from '../profiles/header-profile.js';
import { decodeOther } from './decode-other.js';
import { decodeUtf8Text } from './decode-utf8.js';

/** The last character that is a byte. */
const LAST_BYTE = 0xff;

/**
 * Decodes a header value as its encoding says, and folds nothing: two values of the sender's stay two (H5).
 *
 * Text with a character above U+00FF cannot be bytes: some runtime has decoded it already, and it is taken as it is.
 * Gives undefined where the bytes are not in the encoding.
 */
export function decodeHeader(raw: string, encoding: HeaderEncoding): string | undefined {
  if (!isBytes(raw)) return raw;
  return encoding === 'utf-8' ? decodeUtf8Text(raw) : decodeOther(raw, encoding);
}

function isBytes(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > LAST_BYTE) return false;
  }
  return true;
}
