import type { GroupsSource, HeaderProfile, Identity, ValueSource } from '@trusted-header/core';
import { encodeHeader } from './encode-header.js';

/** One header line. */
export type HeaderLine = readonly [name: string, value: string];

/** Gives the header lines by which a proxy of this profile names somebody; none for nobody. */
export function identityLines(
  identity: Identity | undefined,
  profile: HeaderProfile,
): readonly HeaderLine[] {
  if (!identity) return [];
  const { user, groups, name, email, extra = {} } = profile;
  const lists = listsOf(identity.groups, groups);
  return [
    ...line(user, identity.user),
    ...lists.flatMap((list) => line(groups, list)),
    ...line(name, identity.name),
    ...line(email === 'user' ? undefined : email, identity.email),
    ...Object.entries(extra).flatMap(([key, source]) => line(source, identity.extra?.[key])),
  ];
}

function line(
  source: (ValueSource & GroupsSource) | undefined,
  value: string | undefined,
): readonly HeaderLine[] {
  if (!source || value === undefined) return [];
  return [[source.header, `${source.prefix ?? ''}${encodeHeader(value, source.encoding)}`]];
}

/** The groups in one text, as the product joins and escapes them; in as many as there are, where each has its line. */
function listsOf(
  groups: Identity['groups'],
  { separator = ',', escape: escaped }: Partial<GroupsSource> = {},
): readonly (string | undefined)[] {
  if (separator === 'line') return groups ?? [];
  const written = groups?.map((group) => {
    const text = escaped === 'both' ? group.replaceAll('\\', '\\\\') : group;
    return escaped ? text.replaceAll(separator, `\\${separator}`) : text;
  });
  return [written?.join(separator)];
}
