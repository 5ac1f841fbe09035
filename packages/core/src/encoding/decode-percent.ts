import { decodeUtf8 } from './decode-utf8.js';

/**
 * Decodes percent-encoded UTF-8 (RFC 3986 section 2.1), as `encodeURIComponent` writes it.
 *
 * Gives undefined for a `%` without two hex digits, for bytes outside ASCII and for ill-formed UTF-8. `+` is a plus.
 */
export function decodePercent(text: string): string | undefined {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return undefined;
    if (code !== 37) {
      bytes.push(code);
      continue;
    }
    const hex = text.slice(i + 1, i + 3);
    if (!/^[\da-f]{2}$/i.test(hex)) return undefined;
    bytes.push(Number.parseInt(hex, 16));
    i += 2;
  }
  return decodeUtf8(Uint8Array.from(bytes));
}
