import type { HeaderProfile } from '@trusted-header/core';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';

/** What a header says of somebody. */
export type Role = 'user' | 'groups' | 'name' | 'email';

/** The headers that the application reads, by what they say. */
export type IdentityNames = Readonly<Partial<Record<Role, string>>>;

/** The headers of a profile. Where the user is the email as well, it is named once. */
export function namesOf({ user, groups, name, email }: HeaderProfile): IdentityNames {
  return {
    user: user.header,
    ...(groups && { groups: groups.header }),
    ...(name && { name: name.header }),
    ...(email && email !== 'user' && { email: email.header }),
  };
}

/** What else an application reads: further values of its profile, a second profile, names that say nothing of what they hold. */
export function othersOf(reads: readonly string[], names: IdentityNames): readonly string[] {
  const known = new Set(Object.values(names).map((header) => header.toLowerCase()));
  return reads.filter((header) => !known.has(header.toLowerCase())).slice(0, MOST_OTHERS);
}

/** More than these go into no request. */
const MOST_OTHERS = 40;

/** The names of the headers that an application says it reads; those of a profile are known, others go by their name. */
export function namesFrom(reads: readonly string[]): IdentityNames | undefined {
  const lower = new Set(reads.map((header) => header.toLowerCase()));
  const known = Object.values(KNOWN_PROFILES)
    .map(namesOf)
    .filter((names) => Object.values(names).every((header) => lower.has(header.toLowerCase())))
    .sort((one, other) => Object.keys(other).length - Object.keys(one).length)[0];
  if (known || reads.length === 0) return known;
  const found = (pattern: RegExp): string | undefined =>
    reads.find((header) => pattern.test(header));
  const groups = found(/group|role|team/i);
  const email = found(/mail/i);
  const user = reads.find((header) => /user|login|uid|subject/i.test(header) && header !== email);
  const name = reads.find((header) => /name/i.test(header) && header !== user);
  return {
    user: user ?? reads[0] ?? '',
    ...(groups !== undefined && { groups }),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
  };
}

/** The headers that an application reads: by what they say, and what else. */
export interface HeadersRead {
  readonly names: IdentityNames;
  readonly others: readonly string[];
}

/** What an application says that it reads; where it says nothing, what is given. */
export function headersRead(
  reads: readonly string[] | undefined,
  { names, others }: HeadersRead,
): HeadersRead {
  if (reads === undefined) return { names, others };
  const own = namesFrom(reads) ?? names;
  return { names: own, others: othersOf(reads, own) };
}

/** All of them, as one list. */
export function namesIn({ names, others }: HeadersRead): readonly string[] {
  return [...Object.values(names), ...others];
}
