import type { HeaderEncoding } from '../profiles/header-profile.js';
import { decodeBase64 } from './decode-base64.js';
import { decodePercent } from './decode-percent.js';
import { decodeRfc2047 } from './decode-rfc2047.js';
import { decodeUtf8, decodeUtf8Text } from './decode-utf8.js';

/**
 * Decodes a header value as its encoding says, into NFC text (H5).
 *
 * Text with a character above U+00FF cannot be bytes: some runtime has decoded it already, and it is taken as it is.
 * Gives undefined where the bytes are not in the encoding.
 */
export function decodeHeader(raw: string, encoding: HeaderEncoding): string | undefined {
  const highest = highestCode(raw);
  const text = highest > 0xff ? raw : decodeBytes(raw, encoding, highest);
  return highest < 0x80 && (encoding === 'utf-8' || encoding === 'latin1')
    ? text
    : text?.normalize('NFC');
}

function decodeBytes(raw: string, encoding: HeaderEncoding, highest: number): string | undefined {
  switch (encoding) {
    case 'utf-8':
      return highest < 0x80 ? raw : decodeUtf8Text(raw);
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
  }
}

function highestCode(text: string): number {
  let highest = 0;
  for (let i = 0; i < text.length; i++) highest = Math.max(highest, text.charCodeAt(i));
  return highest;
}
