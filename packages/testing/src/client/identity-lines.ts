import type { HeaderProfile, HeaderSource, Identity } from '@trusted-header/core';
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
  const { separator = ',' } = groups ?? {};
  const lists = separator === 'line' ? (identity.groups ?? []) : [identity.groups?.join(separator)];
  return [
    ...line(user, identity.user),
    ...lists.flatMap((list) => line(groups, list)),
    ...line(name, identity.name),
    ...line(email === 'user' ? undefined : email, identity.email),
    ...Object.entries(extra).flatMap(([key, source]) => line(source, identity.extra?.[key])),
  ];
}

function line(source: HeaderSource | undefined, value: string | undefined): readonly HeaderLine[] {
  if (!source || value === undefined) return [];
  return [[source.header, encodeHeader(value, source.encoding)]];
}
