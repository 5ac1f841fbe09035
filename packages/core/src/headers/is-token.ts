/** RFC 9110 section 5.6.2 */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Tells whether text is an RFC 9110 token, as field names are. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}
