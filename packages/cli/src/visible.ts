/** Control characters (C0, DEL, C1), what is invisible or reorders text (bidi), line separators, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Makes visible what a terminal would obey, or not show: ESC comes out as `\u001b`, a line break as `\n`.
 *
 * For every text from a file or a request, which must not clear the screen, start a line of its own or reorder one.
 * Leaves HTAB alone, since configuration files are indented with it. Inside JSON the escapes are JSON's own.
 */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) =>
    character === '\t' ? character : (SHORT[character] ?? escaped(character)),
  );
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

/** One escape per UTF-16 unit, as in JSON. */
function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
