import { isPlainText } from '../identity/is-plain-text.js';

const LONGEST = 2048;

/**
 * Makes a text fit for a log line: whatever cannot be seen, ends a line or moves what can be seen is written as `\u{A}`, and what is
 * longer than 2048 characters is cut.
 */
export function safeText(text: string): string {
  let safe = '';
  for (const character of text) {
    const written = isPlainText(character) ? character : `\\u{${codeOf(character)}}`;
    if (safe.length + written.length > LONGEST) return `${safe}…`;
    safe += written;
  }
  return safe;
}

/** Makes every text of a record fit for a log line, and leaves out what is not given. */
export function safeFields<Name extends string>(
  fields: Readonly<Record<Name, string | undefined>>,
): { [Key in Name]?: string } {
  const safe: { [Key in Name]?: string } = {};
  for (const name in fields) {
    const { [name]: text } = fields;
    if (text !== undefined) safe[name] = safeText(text);
  }
  return safe;
}

/**
 * Makes a text one argument of an OWASP event: `%` and `,` are percent-encoded, and whatever cannot be seen, so that a user called `a,b`
 * is one argument. `decodeURIComponent` gives the text back.
 */
export function safeArgument(text: string): string {
  let safe = '';
  for (const character of text) {
    const isPlain = character !== ',' && character !== '%' && isPlainText(character);
    safe += isPlain ? character : encodeCharacter(character);
  }
  return safe;
}

/** Half of a surrogate pair is no character, and has no UTF-8: it becomes the replacement character. */
function encodeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  return encodeURIComponent(isHalf ? '\uFFFD' : character);
}

function codeOf(character: string): string | undefined {
  return character.codePointAt(0)?.toString(16).toUpperCase();
}
