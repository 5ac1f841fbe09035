import { lazily } from '../config/lazily.js';
import type { Malformed } from './malformed.js';

const PLAIN_ASCII = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * What cannot be seen, by property (H4): ignorable to every renderer (fillers, joiners, selectors, tags), white space
 * other than SP, control, format (bidi, BOM), private, surrogate, separator, noncharacter; and those that have no property
 * for it: what a lossy decoder leaves, and what is blank by its name (Braille, hieroglyphs, music).
 */
const unseen = lazily(
  () =>
    /(?! )(?:\p{Default_Ignorable_Code_Point}|[\p{Zs}\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\uFFFD\u2800\u{13441}\u{13442}\u{1D159}])/u,
);

/**
 * What cannot be seen and still is spelling: a variation selector behind what it changes (`❤️`, `葛󠄀`), and a joiner or
 * non-joiner between letters, their marks, and emoji (`علی‌رضا`, `👩‍💻`). Both look at the text as it was sent.
 */
const spelling = lazily(
  () =>
    /(?<=[\p{L}\p{S}\p{Emoji}])\p{Variation_Selector}|(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])\p{Join_Control}(?=[\p{L}\p{M}\p{Extended_Pictographic}])/gu,
);

/** Tells whether a value is text that people can read one way only: no control or invisible character in it. */
export function isPlainText(text: string): boolean {
  return !unseen().test(text);
}

/**
 * Tells whether a name or a group is such text, too, where joiners and variation selectors are spelling. They are not in
 * what identifies one account: two users would look the same.
 */
export function isPlainName(text: string): boolean {
  return isPlainText(text) || isPlainText(text.replace(spelling(), ''));
}

/** Names the first character of a value that cannot be seen where it stands: `U+200D`. */
export function unseenIn(text: string): Malformed {
  const [found = ''] = unseen().exec(text.replace(spelling(), '')) ?? unseen().exec(text) ?? [];
  const code = found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return { detail: `the invisible character U+${code}` };
}

/** Tells whether a value is printable ASCII throughout, not empty, and with nothing to trim. */
export function isPlainAscii(text: string): boolean {
  return PLAIN_ASCII.test(text);
}
