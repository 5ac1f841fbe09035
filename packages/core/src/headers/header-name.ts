const HYPHEN = 45;
const DOT = 46;
const UNDERSCORE = 95;

/** How a received name relates to a configured one. */
export type NameMatch = 'same' | 'alias' | undefined;

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
