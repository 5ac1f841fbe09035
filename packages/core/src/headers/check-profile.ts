import type { ConfigIssue } from '../config/config-error.js';
import { configIssue, isListOf, isObject, unknownNames } from '../config/config-issue.js';
import type { GroupsSource, HeaderEncoding, UserSource } from '../profiles/header-profile.js';
import { checkName } from './check-name.js';
import type { FieldKind } from './field.js';
import { isToken } from './is-token.js';
import { trimOws } from './trim-ows.js';

/** All that any source may say; which of it a source of one kind may, {@link checkSource} tells. */
export type AnySource = GroupsSource & UserSource;

const ENCODINGS: readonly string[] = [
  'utf-8',
  'latin1',
  'rfc2047',
  'percent',
  'base64',
  'base64url',
] satisfies HeaderEncoding[];

const SOURCE_KEYS: Readonly<Record<FieldKind, readonly string[]>> = {
  user: ['header', 'encoding', 'prefix', 'comma'],
  groups: ['header', 'encoding', 'separator', 'escape', 'format'],
  name: ['header', 'encoding', 'prefix'],
  email: ['header', 'encoding', 'prefix'],
  extra: ['header', 'encoding', 'prefix'],
};

/** Lists what is wrong with the header of one value. */
export function checkSource(where: string, source: AnySource, kind: FieldKind): ConfigIssue[] {
  if (!isObject(source)) {
    return [configIssue(where, source, 'is not a header', "write { header: 'Remote-User' }")];
  }
  const { header, encoding = 'utf-8', separator = ',', format = 'dn-list', comma = false } = source;
  const { prefix, escape: escaped } = source;
  const issues = [
    ...unknownNames(`${where}.`, source, SOURCE_KEYS[kind]),
    ...checkName(`${where}.header`, header),
  ];
  const refuse = (key: string, value: unknown, problem: string, instead: string) =>
    issues.push(configIssue(`${where}.${key}`, value, problem, instead));
  if (!ENCODINGS.includes(encoding)) {
    refuse('encoding', encoding, 'is not an encoding', `write one of ${ENCODINGS.join(', ')}`);
  }
  if (prefix !== undefined && !isPrefix(prefix) && kind !== 'groups') {
    refuse('prefix', prefix, 'is no text to stand before a value', PREFIX_INSTEAD);
  }
  if (escaped !== undefined && escaped !== 'separator' && escaped !== 'both') {
    refuse(
      'escape',
      escaped,
      'is no way to escape',
      "write 'separator' or 'both', or leave it out",
    );
  } else if (escaped !== undefined && !isEscapable(separator, source.format)) {
    const instead =
      'leave it out: lines, names and white space have no escapes, nor has the backslash';
    refuse('escape', escaped, 'has nothing to escape', instead);
  }
  if (typeof separator !== 'string' || separator === '') {
    const instead = "write ',' or '|', or 'line' for one group per header line";
    refuse('separator', separator, 'separates nothing', instead);
  }
  if (format !== 'dn-list') {
    refuse('format', format, 'is not a format', "write 'dn-list', or leave it out");
  }
  if (typeof comma !== 'boolean') {
    refuse('comma', comma, 'is neither true nor false', 'write true, or leave it out');
  }
  return issues;
}

/** A line begins with it once trimmed, and lines are bytes. */
function isPrefix(prefix: unknown): boolean {
  return typeof prefix === 'string' && /^[!-~][ -~]*$/.test(prefix);
}

const PREFIX_INSTEAD = "write what comes before every value, such as 'accounts.google.com:'";

function isEscapable(separator: unknown, format: unknown): boolean {
  return (
    format === undefined &&
    separator !== 'line' &&
    typeof separator === 'string' &&
    !/[\s\\]/.test(separator)
  );
}

/** Lists what is wrong with the profile's own name, which stands in lines of the log. */
export function checkId(where: string, id: unknown): ConfigIssue[] {
  if (typeof id === 'string' && /^[!-~]([ -~]*[!-~])?$/.test(id)) return [];
  return [configIssue(where, id, 'is no name', "write a short one, such as 'ours'")];
}

/** Lists what is wrong with the names of nobody. */
export function checkNobody(where: string, names: unknown): ConfigIssue[] {
  if (names === undefined || isListOf(names, isName)) return [];
  return [configIssue(where, names, 'is not a list of names', "write for example ['anonymous']")];
}

/** Blank would be everybody whose user is missing. */
function isName(name: unknown): boolean {
  return typeof name === 'string' && trimOws(name) !== '';
}

/** A name that ends in `*` stands for all that begin so: there must be something to begin with. */
export function checkHidden(where: string, names: unknown): ConfigIssue[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) {
    const instead = "write for example ['X-authentik-jwt']";
    return [configIssue(where, names, 'is not a list of header names', instead)];
  }
  return Array.from(names, (name: unknown, i) => {
    const plain = typeof name === 'string' ? name.replace(/(?<=[A-Za-z0-9])[-_]\*$/, '') : name;
    if (typeof plain !== 'string' || !isToken(plain) || plain.includes('*')) {
      const instead = "write for example 'X-authentik-jwt', or 'X-authentik-meta-*'";
      return [
        configIssue(`${where}[${i}]`, name, 'is not a header name (RFC 9110 token)', instead),
      ];
    }
    return checkName(`${where}[${i}]`, plain);
  }).flat();
}
