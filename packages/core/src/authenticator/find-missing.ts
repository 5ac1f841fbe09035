import type { Identity } from '../decision.js';
import type { Field, Fields } from '../headers/field.js';
import type { RequiredValue } from './authenticator.js';
import type { Outcome } from './outcome.js';

/** A header that is required, and says nothing. */
export interface Missing {
  readonly field: Field | undefined;
  /** Why, if it was there. */
  readonly detail: string | undefined;
}

/** Finds the header of what a claim has not, and must have. */
export function missingOf(
  required: readonly RequiredValue[],
  identity: Identity,
  { others, user }: Fields,
  warnings: Outcome['warnings'],
): Missing | undefined {
  const missing = findMissing(required, identity);
  if (missing === undefined) return undefined;
  const field = others.find(({ kind }) => kind === missing);
  return { field, detail: whyMissing(field, user, warnings) };
}

/** Finds what a claim has not, and must have. */
export function findMissing(
  required: readonly RequiredValue[],
  identity: Identity,
): RequiredValue | undefined {
  return required.find((value) => identity[value] === undefined);
}

function whyMissing(
  field: Field | undefined,
  user: Field,
  warnings: Outcome['warnings'],
): string | undefined {
  if (field?.index === user.index) return 'the user is no email address';
  return warnings.find(({ header }) => header === field?.header)?.detail;
}
