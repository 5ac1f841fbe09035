import { compileExpected, compileLetters } from './compile-places.js';
import type { Field, ScannedField } from './field.js';
import { CONNECTION, createScanner, type HeaderScanner } from './scan-headers.js';

/**
 * Compiles the one pass over header lines (H1).
 *
 * @param foreign User headers of other profiles, which are looked for, and are neither claims nor stripped (H15).
 */
export function compileScanner(
  fields: readonly ScannedField[],
  foreign: readonly Field[] = [],
): HeaderScanner {
  const lengths = fields.map(({ lower }) => lower.length);
  const longest = Math.max(
    ...lengths,
    ...foreign.map(({ lower }) => lower.length),
    CONNECTION.length,
  );
  const names = [CONNECTION, ...[...fields, ...foreign].map(({ lower }) => lower)];
  return createScanner({
    shortest: Math.min(...lengths),
    longest,
    ownByLength: groupByLength(longest, fields),
    foreignByLength: groupByLength(longest, foreign),
    endings: compileLetters(longest, names, (name) => name.length - 1),
    beginnings: compileLetters(longest, names, () => 0),
    expected: compileExpected(longest, fields),
    empty: fields.map(() => undefined),
  });
}

function groupByLength<Each extends ScannedField>(
  longest: number,
  fields: readonly Each[],
): readonly (readonly Each[])[] {
  return Array.from({ length: longest + 1 }, (_, length) =>
    fields.filter(({ lower }) => lower.length === length),
  );
}
