import { isPlainText } from '../identity/is-plain-text.js';

const LONGEST = 64;

/**
 * Quotes a user for the log: at most 64 characters, in which quotes and backslashes are escaped, and whatever cannot be
 * seen or moves what can (`\u{A}`, `\u{202E}`), so that no text writes a line of its own (D3).
 */
export function showUser(text: string): string {
  let shown = '';
  for (const character of text) {
    const written = escapeUnseen(character);
    if (shown.length + written.length > LONGEST) return `"${shown}…"`;
    shown += written;
  }
  return `"${shown}"`;
}

function escapeUnseen(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (isPlainText(character)) return character;
  return `\\u{${character.codePointAt(0)?.toString(16).toUpperCase()}}`;
}
