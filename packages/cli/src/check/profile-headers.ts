import type { HeaderProfile } from '@trusted-header/core';
import { isRecord, textOf } from '../json.js';

/** The headers of a profile that say who somebody is, in lower case. */
export function headersOf({
  user,
  groups,
  name,
  email,
  extra,
}: HeaderProfile): ReadonlySet<string> {
  const sources: readonly unknown[] = [user, groups, name, email, ...Object.values(extra ?? {})];
  return new Set(
    sources.flatMap((source) => {
      const header = isRecord(source) ? textOf(source['header']) : undefined;
      return header === undefined ? [] : [header.toLowerCase()];
    }),
  );
}

/** The pairs of a list of header lines whose name is one of the profile’s. */
export function identityLines(profile: HeaderProfile, rawHeaders: readonly string[]): string[] {
  const names = headersOf(profile);
  return rawHeaders.filter((_, i) => names.has((rawHeaders[i - (i % 2)] ?? '').toLowerCase()));
}
