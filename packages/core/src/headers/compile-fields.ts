import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue, isObject, unknownNames } from '../config/config-issue.js';
import type {
  GroupsSource,
  HeaderEncoding,
  HeaderProfile,
  HeaderSource,
} from '../profiles/header-profile.js';
import { FORBIDDEN_NAMES } from './forbidden-names.js';
import { foldName, isToken } from './header-name.js';

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

const ENCODINGS: readonly string[] = [
  'utf-8',
  'latin1',
  'rfc2047',
  'percent',
  'base64',
] satisfies HeaderEncoding[];
const PROFILE_KEYS = ['id', 'user', 'groups', 'name', 'email', 'extra', 'alsoStripped'];
const SOURCE_KEYS = ['header', 'encoding'];

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
      const faults = checkSource(where, source, kind === 'groups');
      issues.push(...faults);
      if (faults.length === 0) fields.push(compileField(fields.length, kind, key, source));
    }
    issues.push(...checkHidden(profile.alsoStripped));
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

type NamedSource = readonly [kind: FieldKind, key: string, where: string, source: GroupsSource];

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

function compileField(index: number, kind: FieldKind, key: string, source: GroupsSource): Field {
  const { header, encoding = 'utf-8', separator = ',' } = source;
  return { index, kind, key, header, lower: header.toLowerCase(), encoding, separator };
}

function checkSource(where: string, source: GroupsSource, isGroups: boolean): ConfigIssue[] {
  if (!isObject(source)) {
    return [configIssue(where, source, 'is not a header', "write { header: 'Remote-User' }")];
  }
  const issues = [
    ...unknownNames(`${where}.`, source, isGroups ? [...SOURCE_KEYS, 'separator'] : SOURCE_KEYS),
    ...checkName(`${where}.header`, source.header),
  ];
  const { encoding = 'utf-8', separator = ',' } = source;
  if (!ENCODINGS.includes(encoding)) {
    issues.push(
      configIssue(
        `${where}.encoding`,
        encoding,
        'is not an encoding',
        `write one of ${ENCODINGS.join(', ')}`,
      ),
    );
  }
  if (typeof separator !== 'string' || separator === '') {
    issues.push(
      configIssue(
        `${where}.separator`,
        separator,
        'separates nothing',
        "write ',' or '|', or 'line' for one group per header line",
      ),
    );
  }
  return issues;
}

function checkName(where: string, header: unknown): ConfigIssue[] {
  if (typeof header !== 'string' || !isToken(header)) {
    return [
      configIssue(
        where,
        header,
        'is not a header name (RFC 9110 token)',
        "write for example 'Remote-User'",
      ),
    ];
  }
  if (header.includes('_')) {
    const instead = `write '${header.replaceAll('_', '-')}'`;
    return [
      configIssue(
        where,
        header,
        'has an underscore, which many proxies drop or confuse with a hyphen',
        instead,
      ),
    ];
  }
  if (FORBIDDEN_NAMES.has(header.toLowerCase())) {
    const instead = 'choose a header of its own, such as Remote-User';
    return [
      configIssue(
        where,
        header,
        'has a meaning of its own: servers fold, drop or rewrite it',
        instead,
      ),
    ];
  }
  return [];
}

/** A name that ends in `*` stands for all that begin so: there must be something to begin with. */
function checkHidden(names: unknown): ConfigIssue[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) {
    const instead = "write for example ['X-authentik-jwt']";
    return [configIssue('profile.alsoStripped', names, 'is not a list of header names', instead)];
  }
  return names.flatMap((name, i) => {
    const where = `profile.alsoStripped[${i}]`;
    const plain = typeof name === 'string' ? name.replace(/(?<=[A-Za-z0-9])[-_]\*$/, '') : name;
    if (typeof plain !== 'string' || !isToken(plain) || plain.includes('*')) {
      const instead = "write for example 'X-authentik-jwt', or 'X-authentik-meta-*'";
      return [configIssue(where, name, 'is not a header name (RFC 9110 token)', instead)];
    }
    return FORBIDDEN_NAMES.has(plain.toLowerCase()) ? checkName(where, plain) : [];
  });
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
