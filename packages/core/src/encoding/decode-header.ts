import type { HeaderEncoding } from '../profiles/header-profile.js';
import { decodeBase64, decodeBase64Url } from './decode-base64.js';
import { decodePercent } from './decode-percent.js';
import { decodeRfc2047 } from './decode-rfc2047.js';
import { decodeUtf8, decodeUtf8Text } from './decode-utf8.js';

/** The last character that is a byte. */
const LAST_BYTE = 0xff;

/**
 * Decodes a header value as its encoding says, and folds nothing: two values of the sender's stay two (H5).
 *
 * Text with a character above U+00FF cannot be bytes: some runtime has decoded it already, and it is taken as it is.
 * Gives undefined where the bytes are not in the encoding.
 */
export function decodeHeader(raw: string, encoding: HeaderEncoding): string | undefined {
  return isBytes(raw) ? decodeBytes(raw, encoding) : raw;
}

function decodeBytes(raw: string, encoding: HeaderEncoding): string | undefined {
  switch (encoding) {
    case 'utf-8':
      return decodeUtf8Text(raw);
    case 'latin1':
      return raw;
    case 'rfc2047':
      return decodeRfc2047(raw);
    case 'percent':
      return decodePercent(raw);
    case 'base64': {
      const bytes = decodeBase64(raw);
      return bytes && decodeUtf8(bytes);
    }
    case 'base64url': {
      const bytes = decodeBase64Url(raw);
      return bytes && decodeUtf8(bytes);
    }
  }
}

function isBytes(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > LAST_BYTE) return false;
  }
  return true;
}
