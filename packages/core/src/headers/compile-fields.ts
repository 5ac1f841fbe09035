import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue, isObject, unknownNames } from '../config/config-issue.js';
import type { HeaderEncoding, HeaderProfile, HeaderSource } from '../profiles/header-profile.js';
import { type AnySource, checkHidden, checkNobody, checkSource } from './check-profile.js';
import { foldName } from './header-name.js';

/** Which part of an identity a header carries. */
export type FieldKind = 'user' | 'groups' | 'name' | 'email' | 'extra';

/** A configured header, checked and with its defaults filled in. */
export interface Field {
  /** Its place among the profile's headers. */
  readonly index: number;
  readonly kind: FieldKind;
  /** The key in `identity.extra`; equal to `kind` for the others. */
  readonly key: string;
  /** As the profile spells it. */
  readonly header: string;
  readonly lower: string;
  readonly encoding: HeaderEncoding;
  /** Groups only: what stands between two of them; `'line'`: one per header line. */
  readonly separator: string;
  /** Groups only: they are distinguished names, whose own commas separate nothing. */
  readonly isNames: boolean;
  /** User only: a comma in it is no fault. */
  readonly mayHoldComma: boolean;
}

/** A header that carries anything but the user. */
export type OtherField = Field & { readonly kind: Exclude<FieldKind, 'user'> };

/** The headers of a profile. A user's is always among them. */
export interface Fields {
  /** The profile's, for messages. */
  readonly id: string;
  readonly all: readonly Field[];
  readonly user: Field;
  readonly others: readonly OtherField[];
  /** What the product calls people who are not signed in (H13). */
  readonly nobody: ReadonlySet<string> | undefined;
  /** What is hidden without being a claim, in lower case: names, and beginnings that end in `*`. */
  readonly hidden: readonly string[];
}

const PROFILE_KEYS = ['id', 'user', 'groups', 'name', 'email', 'extra', 'nobody', 'alsoStripped'];

/** A header and the setting that names it. */
interface Named {
  readonly field: Field;
  readonly where: string;
}

/**
 * Checks profiles (H8) and compiles their headers, which are counted through, so that one pass finds them all (H14).
 *
 * @param profiles By the name of the setting: `profile`, or `profile[0]` where there are several.
 * @throws {ConfigError} `profile-invalid`, with every fault at once.
 */
export function compileFields(
  profiles: readonly (readonly [where: string, profile: HeaderProfile])[],
): readonly Fields[] {
  const issues: ConfigIssue[] = [];
  const seen: Named[] = [];
  const compiled = profiles.flatMap(([where, profile]) => {
    const named = nameFields(where, profile, seen.length, issues);
    seen.push(...named);
    const all = named.map(({ field }) => field);
    const user = all.find(({ kind }) => kind === 'user');
    return user ? [fieldsOf(profile, all, user)] : [];
  });
  issues.push(...findAlike(seen));
  if (issues.length > 0) throw new ConfigError('profile-invalid', issues);
  return compiled;
}

/** Checks one profile, adds what is wrong with it to the issues, and compiles what is right. */
function nameFields(
  where: string,
  profile: HeaderProfile,
  firstIndex: number,
  issues: ConfigIssue[],
): readonly Named[] {
  if (!isObject(profile)) {
    const instead = 'import one, such as authelia, or write { id, user: { header } }';
    issues.push(configIssue(where, profile, 'is not a profile', instead));
    return [];
  }
  const named: Named[] = [];
  issues.push(...unknownNames(`${where}.`, profile, PROFILE_KEYS));
  for (const [kind, key, path, source] of sourcesOf(profile)) {
    const at = `${where}.${path}`;
    const faults = checkSource(at, source, kind);
    issues.push(...faults);
    if (faults.length > 0) continue;
    named.push({ where: at, field: compileField(firstIndex + named.length, kind, key, source) });
  }
  issues.push(...checkNobody(`${where}.nobody`, profile.nobody));
  issues.push(...checkHidden(`${where}.alsoStripped`, profile.alsoStripped));
  if (profile.user === undefined) {
    const instead = "write { header: 'Remote-User' }";
    issues.push(configIssue(`${where}.user`, profile.user, 'names no header', instead));
  }
  return named;
}

function fieldsOf(
  { id, email, nobody, alsoStripped = [] }: HeaderProfile,
  all: readonly Field[],
  user: Field,
): Fields {
  const others = all.filter(isOther);
  // The same lines, read once more.
  if (email === 'user') others.push({ ...user, kind: 'email', key: 'email' });
  return {
    id,
    all,
    user,
    others,
    nobody: nobody && new Set(nobody),
    hidden: Array.isArray(alsoStripped)
      ? alsoStripped.flatMap((name) => (typeof name === 'string' ? name.toLowerCase() : []))
      : [],
  };
}

function isOther(field: Field): field is OtherField {
  return field.kind !== 'user';
}

type NamedSource = readonly [kind: FieldKind, key: string, path: string, source: AnySource];

function sourcesOf({ user, groups, name, email, extra = {} }: HeaderProfile): NamedSource[] {
  const named: [FieldKind, HeaderSource | undefined][] = [
    ['user', user],
    ['groups', groups],
    ['name', name],
    ['email', email === 'user' ? undefined : email],
  ];
  return [
    ...named.flatMap(([kind, source]): NamedSource[] =>
      source === undefined ? [] : [[kind, kind, kind, source]],
    ),
    ...Object.entries(extra).map(
      ([key, source]): NamedSource => ['extra', key, `extra.${key}`, source],
    ),
  ];
}

/** Compiles the header of one value, whose setting is known to be right. */
export function compileField(
  index: number,
  kind: FieldKind,
  key: string,
  source: AnySource,
): Field {
  const { header, encoding = 'utf-8', separator = ',', format, comma = false } = source;
  const lower = header.toLowerCase();
  const isNames = format === 'dn-list';
  return { index, kind, key, header, lower, encoding, separator, isNames, mayHoldComma: comma };
}

/** Two values of one header, or of two that are aliases: nobody can tell which is meant. */
function findAlike(named: readonly Named[]): ConfigIssue[] {
  const seen = new Map<string, Named>();
  return named.flatMap(({ field, where }) => {
    const { header, kind } = field;
    const other = seen.get(foldName(header));
    seen.set(foldName(header), { field, where });
    if (other === undefined) return [];
    const problem = `is the header of ${other.where} too`;
    const isOfOneProfile = where.startsWith(`${other.where.replace(/\..*/, '')}.`);
    const instead = !isOfOneProfile
      ? 'name one of the two profiles: nobody can tell their claims apart'
      : kind === 'email' && other.field.kind === 'user'
        ? "write email: 'user', if the user is an email address"
        : 'give each value a header of its own';
    return [configIssue(`${where}.header`, header, problem, instead)];
  });
}
