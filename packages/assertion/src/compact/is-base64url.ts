/** What the last character of a group of two or of three may be: the bits that no byte takes are zero. */
const LAST_OF_TWO = /[AQgw]$/;
const LAST_OF_THREE = /[AEIMQUYcgkosw048]$/;

/**
 * Tells whether text is base64url in the one spelling that its bytes have (RFC 4648 sections 3.5 and 5).
 *
 * Refuses the empty text, other alphabets, white space, a length that no bytes have, and a last character with bits that nobody
 * reads: by those a token would have several texts. Padding (`=`) is refused too, unless `padded` says that it may be there:
 * AWS writes it, and signs it.
 */
export function isBase64url(text: string, padded = false): boolean {
  const bare = padded && text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  if (!/^[\w-]+$/.test(bare)) return false;
  switch (bare.length % 4) {
    case 0:
      return true;
    case 1:
      return false;
    case 2:
      return LAST_OF_TWO.test(bare);
    default:
      return LAST_OF_THREE.test(bare);
  }
}
