import type { Field, ScannedField } from './field.js';
import { matchName } from './header-name.js';
import { bitOf, placeOf } from './name-places.js';
import { trimOws } from './trim-ows.js';

/** What one pass over the header lines finds. Nothing in it is decoded yet. */
export interface HeaderScan {
  /** Number of header lines. */
  readonly lineCount: number;
  /** At least one identity or assertion header, or an alias of one, has a value, or the lines cannot be read as name and value pairs. */
  readonly claims: boolean;
  /** The lines are no list of name and value pairs. */
  readonly unreadable: boolean;
  /** A header under another spelling of this one's name (H3). */
  readonly alias: ScannedField | undefined;
  /** A `Connection` token names this header (H3). */
  readonly hopByHop: ScannedField | undefined;
  /** This header stands on more than one line, and may not (H2). */
  readonly repeated: ScannedField | undefined;
  /** What names a user as another profile does (H15), a line each; undefined where nothing does, as is usual. */
  readonly foreign: readonly ForeignClaim[] | undefined;
  /** The raw value of each field by its index; values, a line each, where there are several; undefined for no line. */
  readonly lines: readonly FieldLines[];
}

/** What came under one name. Nearly always one line or none, which costs no array. */
export type FieldLines = string | readonly string[] | undefined;

/** A line under the user header of a profile that is not configured. */
export interface ForeignClaim {
  readonly field: Field;
  readonly value: string;
}

/** A compiled pass over header lines. */
export interface HeaderScanner {
  scan(rawHeaders: readonly string[]): HeaderScan;
  isIdentityHeader(name: string): boolean;
}

/** What is looked for, by where it is found first. Lists by the length of a name are dense, and never read beyond their ends. */
export interface ScanTables {
  /** Lengths of the names of {@link ownByLength}, and of the longest name of all. */
  readonly shortest: number;
  readonly longest: number;
  readonly ownByLength: readonly (readonly ScannedField[])[];
  /** User headers of other profiles, which are looked for, and are neither claims nor stripped (H15). */
  readonly foreignByLength: readonly (readonly Field[])[];
  /** Which last and first letters names of a length have, a bit each. */
  readonly endings: Uint32Array;
  readonly beginnings: Uint32Array;
  /** As the settings spell it, which is how nearly all proxies send it. */
  readonly expected: readonly (ScannedField | undefined)[];
  /** No line of any field. Copied before a line comes. */
  readonly empty: (string | string[] | undefined)[];
}

export const CONNECTION = 'connection';
const NONE: readonly never[] = [];

/** The one pass that finds configured headers, their aliases and hop-by-hop tricks (H1). Never throws. */
export function createScanner({
  shortest,
  longest,
  ownByLength,
  foreignByLength,
  endings,
  beginnings,
  expected,
  empty,
}: ScanTables): HeaderScanner {
  return { scan, isIdentityHeader };

  function scan(rawHeaders: readonly string[]): HeaderScan {
    if (!Array.isArray(rawHeaders) || rawHeaders.length % 2 !== 0) return UNREADABLE;
    const draft: Draft = {
      lineCount: rawHeaders.length / 2,
      claims: false,
      unreadable: false,
      alias: undefined,
      hopByHop: undefined,
      repeated: undefined,
      foreign: undefined,
      lines: empty,
    };
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name: unknown = rawHeaders[i];
      const value: unknown = rawHeaders[i + 1];
      if (typeof name !== 'string' || typeof value !== 'string') return UNREADABLE;
      const { length } = name;
      if (length > longest) continue;
      if (((endings[length] ?? 0) & bitOf(name, length - 1)) === 0) continue;
      if (((beginnings[length] ?? 0) & bitOf(name, 0)) === 0) continue;
      const field = expected[placeOf(name)];
      if (field?.header === name) addLine(draft, field, value);
      else judgeLine(draft, name, value);
    }
    return draft;
  }

  function judgeLine(draft: Draft, name: string, value: string): void {
    for (const field of ownByLength[name.length] ?? NONE) {
      const match = matchName(name, field.lower);
      if (match === undefined) continue;
      if (match === 'same') addLine(draft, field, value);
      else addAlias(draft, field, value);
      // No name is that of two.
      return;
    }
    // Nearly always it is keep-alive, which is too short to name anything.
    if (value.length >= shortest && matchName(name, CONNECTION) === 'same') {
      draft.hopByHop ??= findToken(value);
    }
    for (const field of foreignByLength[name.length] ?? NONE) {
      if (matchName(name, field.lower) !== 'same' || trimOws(value) === '') continue;
      draft.foreign ??= [];
      draft.foreign.push({ field, value });
    }
  }

  function addAlias(draft: Draft, field: ScannedField, value: string): void {
    draft.claims ||= isClaim(field, value);
    draft.alias ??= field;
  }

  function addLine(draft: Draft, field: ScannedField, value: string): void {
    draft.claims ||= isClaim(field, value);
    if (draft.lines === empty) draft.lines = empty.slice();
    const earlier = draft.lines[field.index];
    if (earlier === undefined) {
      draft.lines[field.index] = value;
      return;
    }
    if (typeof earlier === 'string') draft.lines[field.index] = [earlier, value];
    else earlier.push(value);
    if (field.separator !== 'line') draft.repeated ??= field;
  }

  /** Looks at the tokens one by one: a list of all costs a stranger's 16 kB of commas some milliseconds. */
  function findToken(value: string): ScannedField | undefined {
    let start = 0;
    while (value.length - start >= shortest) {
      // Where a comma comes too early, no name begins before it.
      const early = value.lastIndexOf(',', start + shortest - 1);
      if (early >= start) {
        start = early + 1;
        continue;
      }
      const comma = value.indexOf(',', start);
      const end = comma < 0 ? value.length : comma;
      const field = fieldOf(trimOws(value.slice(start, end)));
      if (field) return field;
      start = end + 1;
    }
    return undefined;
  }

  function isIdentityHeader(name: string): boolean {
    return typeof name === 'string' && fieldOf(name) !== undefined;
  }

  /** Finds the header of this name, in whatever spelling. */
  function fieldOf(name: string): ScannedField | undefined {
    const { length } = name;
    if (length > longest || ((endings[length] ?? 0) & bitOf(name, length - 1)) === 0) {
      return undefined;
    }
    // Spelled as in the profile, as most are: no need to compare letters.
    const field = expected[placeOf(name)];
    if (field?.header === name) return field;
    return ownByLength[length]?.find(({ lower }) => matchName(name, lower) !== undefined);
  }
}

function isClaim({ kind }: ScannedField, value: string): boolean {
  return kind !== 'secret' && trimOws(value) !== '';
}

/** A scan that is still going on. */
type Draft = { -readonly [Key in keyof HeaderScan]: HeaderScan[Key] } & {
  foreign: ForeignClaim[] | undefined;
  lines: (string | string[] | undefined)[];
};

const UNREADABLE: HeaderScan = {
  lineCount: 0,
  claims: true,
  unreadable: true,
  alias: undefined,
  hopByHop: undefined,
  repeated: undefined,
  foreign: undefined,
  lines: [],
};
