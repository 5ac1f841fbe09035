import type { ScannedField } from './field.js';
import { bitOf, LETTERS, placeOf } from './name-places.js';

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
