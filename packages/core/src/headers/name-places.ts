import type { ScannedField } from './field.js';

/**
 * Compiles which letters names of each length have in one place, a bit each: nearly every header is told apart by its length and its
 * last and first letters, and those of other profiles are to cost a request next to nothing.
 */
export function compileLetters(
  longest: number,
  names: readonly string[],
  placeIn: (name: string) => number,
): Uint32Array {
  const letters = new Uint32Array(longest + 1);
  for (const name of names) {
    const place = placeIn(name);
    for (const mark of ['-', '_', '.']) {
      // A mark may be another one in what comes.
      const isMark = /[-_.]/.test(name.charAt(place));
      const bit = isMark ? bitOf(mark, 0) : bitOf(name, place);
      letters[name.length] = (letters[name.length] ?? 0) | bit;
    }
  }
  return letters;
}

/** A letter, without its case: its low five bits are its place in the alphabet. */
export function bitOf(text: string, place: number): number {
  return 1 << (text.charCodeAt(place) & 31);
}

const LETTERS = 32;

/**
 * Compiles the header that a name is compared with first: the one of its length and last letter, or one of several. Whether it is that
 * header, a look at all of the name tells.
 */
export function compileExpected(
  longest: number,
  fields: readonly ScannedField[],
): readonly (ScannedField | undefined)[] {
  const expected = Array.from(
    { length: (longest + 1) * LETTERS },
    (): ScannedField | undefined => undefined,
  );
  for (const field of fields) expected[placeOf(field.lower)] = field;
  return expected;
}

/** A place for each length and last letter of a name. */
export function placeOf(name: string): number {
  const { length } = name;
  return length * LETTERS + (name.charCodeAt(length - 1) & 31);
}
