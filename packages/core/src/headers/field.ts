import type { GroupsSource, HeaderEncoding } from '../profiles/header-profile.js';
import type { AnySource } from './check-profile.js';

/** Which part of an identity a header carries. */
export type FieldKind = 'user' | 'groups' | 'name' | 'email' | 'extra';

/** What a header that is looked for is: a part of an identity, or a proof. An assertion is a claim, a secret is none (H7). */
export type ScannedKind = FieldKind | 'secret' | 'assertion';

/** A header that the scanner looks for. */
export interface ScannedField {
  /** Its place among all that are looked for. */
  readonly index: number;
  readonly kind: ScannedKind;
  /** As the settings spell it. */
  readonly header: string;
  readonly lower: string;
  /** `'line'`: it may stand on several lines. */
  readonly separator: string;
}

/** A configured header, checked and with its defaults filled in. */
export interface Field extends ScannedField {
  readonly kind: FieldKind;
  /** The key in `identity.extra`; equal to `kind` for the others. */
  readonly key: string;
  readonly encoding: HeaderEncoding;
  /** What stands before the value; empty for nothing. */
  readonly prefix: string;
  /** Groups only: what stands between two of them; `'line'`: one per header line. */
  readonly separator: string;
  /** Groups only: its code, where it is one ASCII character and all that a line is split by. */
  readonly asciiSeparator: number | undefined;
  /** Groups only: what has a backslash before it inside one of them. */
  readonly escaped: GroupsSource['escape'];
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

/** Compiles the header of one value, whose setting is known to be right. */
export function compileField(
  index: number,
  kind: FieldKind,
  key: string,
  source: AnySource,
): Field {
  const {
    header,
    encoding = 'utf-8',
    prefix = '',
    escape: escaped,
    format,
    comma = false,
  } = source;
  // Of groups only, whatever the others inherit: by `line` they would stand on several lines.
  const separator = (kind === 'groups' && source.separator) || ',';
  const lower = header.toLowerCase();
  const isNames = format === 'dn-list';
  const isAscii = /^[ -~]$/.test(separator) && !isNames && escaped === undefined;
  const asciiSeparator = isAscii ? separator.charCodeAt(0) : undefined;
  const written = { header, lower, encoding, prefix, separator, asciiSeparator, escaped };
  return { index, kind, key, ...written, isNames, mayHoldComma: comma };
}

/** Compiles the header of a proof. */
export function compileProofField(
  index: number,
  kind: 'secret' | 'assertion',
  header: string,
): ScannedField {
  return { index, kind, header, lower: header.toLowerCase(), separator: ',' };
}

/** Tells whether a header carries anything but the user. */
export function isOther(field: Field): field is OtherField {
  return field.kind !== 'user';
}
