/**
 * Trims the optional white space of RFC 9110 section 5.6.3: SP and HTAB, nothing else.
 *
 * `String.prototype.trim()` would also eat the byte A0, which is half of a UTF-8 character or a letter of its own (H12).
 */
export function trimOws(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOws(text.charCodeAt(start))) start++;
  while (end > start && isOws(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isOws(code: number): boolean {
  return code === 32 || code === 9;
}
