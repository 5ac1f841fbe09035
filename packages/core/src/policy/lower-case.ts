import { lazily } from '../config/lazily.js';

const capitals = lazily(() => /\p{Changes_When_Lowercased}/gu);

/**
 * Writes names in lower case to compare them, character by character.
 *
 * Folds a character only if its lower case folds back to it, so that at most two characters are ever one: `K` and `k`,
 * and not U+212A (KELVIN SIGN), whose lower case is `k` as well; `İ` stays, whose lower case is `i` with a dot above.
 */
export function lowerCase(text: string): string {
  return text.replace(capitals(), lowerCharacter);
}

function lowerCharacter(character: string): string {
  const lower = character.toLowerCase();
  return lower.toUpperCase() === character ? lower : character;
}
