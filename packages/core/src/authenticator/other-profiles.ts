import type { Identity } from '../decision.js';
import type { Field, Fields } from '../headers/field.js';
import type { FieldLines, ForeignClaim, HeaderScan } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import type { Limits } from '../identity/limits.js';
import { readValue } from '../identity/read-value.js';

/** Finds the profiles under whose headers something is claimed (H14). */
export function claimants(profiles: readonly Fields[], { lines }: HeaderScan): readonly Fields[] {
  return profiles.filter(({ all }) => all.some(({ index }) => hasValue(lines[index])));
}

/** Finds who is named as another profile does, and is not the user (H15). */
export function findAnother(
  claims: readonly ForeignClaim[],
  { user }: Identity,
  { userBytes }: Limits,
): Field | undefined {
  return claims.find(
    ({ field, value }) =>
      trimOws(value) !== user && readValue(value, field, 'userBytes', userBytes) !== user,
  )?.field;
}

/** Says that another profile may be the right one. */
export function hintAt({ header, key }: Field): string {
  return `${header} names a user, as the profile ${key} does`;
}

function hasValue(lines: FieldLines): boolean {
  if (lines === undefined) return false;
  return typeof lines === 'string' ? trimOws(lines) !== '' : lines.some(hasValue);
}
