import type { Fields } from '../headers/field.js';
import type { FieldLines, HeaderScan } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';

/** Finds the profiles under whose headers something is claimed (H14). */
export function claimants(profiles: readonly Fields[], { lines }: HeaderScan): readonly Fields[] {
  return profiles.filter(({ all }) => all.some(({ index }) => hasValue(lines[index])));
}

/** Says that there are two. */
export function bothOf(first: Fields, second: Fields): string {
  return `a claim by the profile ${first.id} and one by ${second.id}`;
}

function hasValue(lines: FieldLines): boolean {
  if (lines === undefined) return false;
  return typeof lines === 'string' ? trimOws(lines) !== '' : lines.some(hasValue);
}
