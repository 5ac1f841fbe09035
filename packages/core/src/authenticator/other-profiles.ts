import type { Identity } from '../decision.js';
import type { Field } from '../headers/field.js';
import type { ForeignClaim } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import type { Limits } from '../identity/limits.js';
import { readValue } from '../identity/read-value.js';

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
