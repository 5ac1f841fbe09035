import type { Field, Fields } from '../headers/field.js';
import type { Limits } from './limits.js';
import { createOrdinaryReader, type OrdinaryReader } from './ordinary.js';

/** Compiles the short cut for profiles of a user, groups, a name and an email; undefined for others. */
export function compileOrdinary(
  { all, user, nobody }: Fields,
  limits: Limits,
): OrdinaryReader | undefined {
  const [groups, name, email] = (['groups', 'name', 'email'] as const).map((kind) =>
    all.find((field) => field.kind === kind),
  );
  const separator = groups?.asciiSeparator;
  if (!groups || !name || !email || separator === undefined) return undefined;
  if (all.length > 4 || !all.every(isBare)) return undefined;
  const places = { user: user.index, groups: groups.index, name: name.index, email: email.index };
  return createOrdinaryReader({ ...places, separator, nobody }, limits);
}

/** Tells whether a line that is ASCII is a value as it stands: nothing is to be taken off or decoded. */
function isBare({ encoding, prefix }: Field): boolean {
  return prefix === '' && (encoding === 'utf-8' || encoding === 'latin1');
}
