import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue, isObject, unknownNames } from '../config/config-issue.js';
import type { HeaderProfile, HeaderSource } from '../profiles/header-profile.js';
import { type AnySource, checkHidden, checkId, checkNobody, checkSource } from './check-profile.js';
import { compileField, type Field, type FieldKind, type Fields, isOther } from './field.js';
import { findAlike, type Named } from './find-alike.js';

export type { Field } from './field.js';

const PROFILE_KEYS = ['id', 'user', 'groups', 'name', 'email', 'extra', 'nobody', 'alsoStripped'];

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
  issues.push(...checkId(`${where}.id`, profile.id));
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
