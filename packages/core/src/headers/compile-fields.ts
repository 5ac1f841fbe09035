import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue, isObject, unknownNames } from '../config/config-issue.js';
import type { HeaderEncoding, HeaderProfile, HeaderSource } from '../profiles/header-profile.js';
import { type AnySource, checkHidden, checkSource } from './check-profile.js';
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
  readonly all: readonly Field[];
  readonly user: Field;
  readonly others: readonly OtherField[];
  /** What is hidden without being a claim, in lower case: names, and beginnings that end in `*`. */
  readonly hidden: readonly string[];
}

const PROFILE_KEYS = ['id', 'user', 'groups', 'name', 'email', 'extra', 'alsoStripped'];

/**
 * Checks a profile (H8) and compiles its headers.
 *
 * @throws {ConfigError} `profile-invalid`, with every fault at once.
 */
export function compileFields(profile: HeaderProfile): Fields {
  const issues: ConfigIssue[] = [];
  const fields: Field[] = [];
  if (!isObject(profile)) {
    issues.push(
      configIssue(
        'profile',
        profile,
        'is not a profile',
        'import one, such as authelia, or write { id, user: { header } }',
      ),
    );
  } else {
    issues.push(...unknownNames('profile.', profile, PROFILE_KEYS));
    for (const [kind, key, where, source] of sourcesOf(profile)) {
      const faults = checkSource(where, source, kind);
      issues.push(...faults);
      if (faults.length === 0) fields.push(compileField(fields.length, kind, key, source));
    }
    issues.push(...checkHidden('profile.alsoStripped', profile.alsoStripped));
    if (profile.user === undefined) {
      issues.push(
        configIssue(
          'profile.user',
          profile.user,
          'names no header',
          "write { header: 'Remote-User' }",
        ),
      );
    }
  }
  issues.push(...findAlike(fields));
  const user = fields.find(({ kind }) => kind === 'user');
  if (issues.length > 0 || !user) throw new ConfigError('profile-invalid', issues);
  const hidden = (profile.alsoStripped ?? []).map((name) => name.toLowerCase());
  return { all: fields, user, others: fields.filter(isOther), hidden };
}

function isOther(field: Field): field is OtherField {
  return field.kind !== 'user';
}

type NamedSource = readonly [kind: FieldKind, key: string, where: string, source: AnySource];

function sourcesOf(profile: HeaderProfile): NamedSource[] {
  const named: [FieldKind, HeaderSource | undefined][] = [
    ['user', profile.user],
    ['groups', profile.groups],
    ['name', profile.name],
    ['email', profile.email],
  ];
  return [
    ...named.flatMap(([kind, source]): NamedSource[] =>
      source === undefined ? [] : [[kind, kind, `profile.${kind}`, source]],
    ),
    ...Object.entries(profile.extra ?? {}).map(
      ([key, source]): NamedSource => ['extra', key, `profile.extra.${key}`, source],
    ),
  ];
}

function compileField(index: number, kind: FieldKind, key: string, source: AnySource): Field {
  const { header, encoding = 'utf-8', separator = ',', format, comma = false } = source;
  const lower = header.toLowerCase();
  const isNames = format === 'dn-list';
  return { index, kind, key, header, lower, encoding, separator, isNames, mayHoldComma: comma };
}

function findAlike(fields: readonly Field[]): ConfigIssue[] {
  const seen = new Map<string, string>();
  return fields.flatMap(({ kind, key, header }) => {
    const where = kind === 'extra' ? `profile.extra.${key}` : `profile.${kind}`;
    const other = seen.get(foldName(header));
    seen.set(foldName(header), where);
    if (other === undefined) return [];
    return [
      configIssue(
        `${where}.header`,
        header,
        `is the header of ${other} too`,
        'give each value a header of its own',
      ),
    ];
  });
}
