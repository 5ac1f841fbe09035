const HYPHEN = 45;
const DOT = 46;
const UNDERSCORE = 95;

/** How a received name relates to a configured one. */
export type NameMatch = 'same' | 'alias' | undefined;

/** RFC 9110 section 5.6.2 */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Tells whether text is an RFC 9110 token, as field names are. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Writes a name as CGI-like servers and lax proxies would read it: ASCII lower case, `_` and `.` as `-` (H3). */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/[_.]/g, '-');
}

/**
 * Compares a received name with a configured one, without allocating: `same` but for ASCII case, or an `alias`, which
 * is the same only after folding `_` and `.` to `-`.
 *
 * @param lower The configured name in lower case.
 */
export function matchName(received: string, lower: string): NameMatch {
  if (received.length !== lower.length) return undefined;
  let match: NameMatch = 'same';
  // Backwards: names of one family differ at their ends.
  for (let i = lower.length - 1; i >= 0; i--) {
    const code = received.charCodeAt(i);
    const wanted = lower.charCodeAt(i);
    const small = code >= 65 && code <= 90 ? code | 32 : code;
    if (small === wanted) continue;
    if (fold(small) !== fold(wanted)) return undefined;
    match = 'alias';
  }
  return match;
}

function fold(code: number): number {
  return code === UNDERSCORE || code === DOT ? HYPHEN : code;
}
