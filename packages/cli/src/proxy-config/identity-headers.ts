import type { HeaderProfile } from '@trusted-header/core';

/** The headers of a profile, user first. */
export function identityHeaders({ user, groups, name, email, extra }: HeaderProfile): string[] {
  return [user, groups, name, email, ...Object.values(extra ?? {})].flatMap((source) =>
    source === undefined || source === 'user' ? [] : [source.header],
  );
}

/**
 * Gives the other spellings of a header name: every way to write `-`, `_` or `.` between its words.
 *
 * @param separators Which characters to put in; `_` alone where a proxy cannot name headers with a dot.
 */
export function aliasesOf(header: string, separators = '_.'): string[] {
  const [first = '', ...rest] = header.split(/[-_]/);
  const spellings = rest.reduce(
    (starts, part) =>
      starts.flatMap((start) => [...`-${separators}`].map((by) => start + by + part)),
    [first],
  );
  return spellings.filter((spelling) => spelling !== header);
}

/**
 * Every name that must be deleted from what a client sends.
 *
 * Identity headers in all their spellings; of the product's other headers, which the application does not read, and of other
 * products' users, the name and the spellings that programs fold most, with `-`, `_` or `.` throughout.
 */
export function deletedNames(
  { identity, alsoDeleted }: { identity: readonly string[]; alsoDeleted: readonly string[] },
  separators = '_.',
): string[] {
  const others = alsoDeleted.flatMap((header) => [
    header,
    ...[...`-${separators}`].map((by) => header.replace(/[-_]/g, by)),
  ]);
  const own = identity.flatMap((header) => [header, ...aliasesOf(header, separators)]);
  // A name without a hyphen has one spelling, and letter case is none.
  const seen = new Set<string>();
  return [...own, ...others].filter((name) => {
    const lower = name.toLowerCase();
    return !seen.has(lower) && seen.add(lower);
  });
}

/** A regular expression, in lower case, that matches a header name and all its aliases. */
export function aliasPattern(header: string): string {
  return `^${header.toLowerCase().replace(/[-_]/g, '[-_.]')}$`;
}
