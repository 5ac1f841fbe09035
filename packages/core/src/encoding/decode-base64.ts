const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CANONICAL = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The URL alphabet, without padding: RFC 4648 section 5. */
const URL_TEXT = /^[A-Za-z0-9_-]*$/;

/**
 * Decodes base64url without padding, as tokens have it (RFC 4648 section 5), to bytes.
 *
 * Gives undefined for the standard alphabet, for padding, white space, and bits left over: one value has one spelling.
 */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (!URL_TEXT.test(text)) return undefined;
  const padding = '='.repeat(-text.length & 3);
  return decodeBase64(text.replace(/-/g, '+').replace(/_/g, '/') + padding);
}

/**
 * Decodes standard base64 (RFC 4648 section 4) to bytes.
 *
 * Gives undefined for the URL alphabet, missing padding, white space, and bits left over behind the last byte: one
 * value has one spelling.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (!CANONICAL.test(text)) return undefined;
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array((digits.length * 3) >>> 2);
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const digit of digits) {
    bits = (bits << 6) | ALPHABET.indexOf(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = bits >>> count;
    bits &= (1 << count) - 1;
  }
  return bits === 0 ? bytes : undefined;
}
