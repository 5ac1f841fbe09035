import type { HeaderEncoding } from '@trusted-header/core';

/** Encodes a value as a proxy does, into the text that `node:http` writes: one character a byte. */
export function encodeHeader(value: string, encoding: HeaderEncoding = 'utf-8'): string {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(value).toString('latin1');
    case 'latin1':
      return Buffer.from(value, 'latin1').toString('latin1');
    case 'percent':
      // Half a character has no bytes, and throws.
      return encodeURIComponent(Buffer.from(value).toString());
    case 'base64':
      return Buffer.from(value).toString('base64');
    case 'base64url':
      return Buffer.from(value).toString('base64url');
    case 'rfc2047':
      return /^[\x20-\x7e]*$/.test(value)
        ? value
        : `=?utf-8?b?${Buffer.from(value).toString('base64')}?=`;
  }
}
