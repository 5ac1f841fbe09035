import type { HeaderEncoding } from '../profiles/header-profile.js';
import { decodeBase64, decodeBase64Url } from './decode-base64.js';
import { decodePercent } from './decode-percent.js';
import { decodeRfc2047 } from './decode-rfc2047.js';
import { decodeUtf8 } from './decode-utf8.js';

/** Decodes bytes that are not simply UTF-8. Gives undefined where they are not in the encoding. */
export function decodeOther(
  raw: string,
  encoding: Exclude<HeaderEncoding, 'utf-8'>,
): string | undefined {
  switch (encoding) {
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
