import type { Field } from '../headers/field.js';
import { splitEscaped } from './split-escaped.js';
import { splitNames } from './split-names.js';

/** Splits groups that a separator alone does not tell apart (H6). One that cannot be read one way only is undefined. */
export function splitOtherwise(
  line: string,
  { separator, escaped, isNames }: Field,
): readonly (string | undefined)[] {
  return isNames ? splitNames(line, separator) : splitEscaped(line, separator, escaped);
}
