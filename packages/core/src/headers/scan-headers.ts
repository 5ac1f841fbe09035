import type { Field } from './compile-fields.js';
import { foldName, matchName } from './header-name.js';
import { isBlank, trimOws } from './trim-ows.js';

/** What one pass over the header lines finds. Nothing in it is decoded yet. */
export interface HeaderScan {
  /** Number of header lines. */
  readonly lineCount: number;
  /** At least one identity header or alias has a value, or the lines cannot be read as name and value pairs. */
  readonly claims: boolean;
  /** The lines are no list of name and value pairs. */
  readonly unreadable: boolean;
  /** A header under another spelling of this one's name (H3). */
  readonly alias: Field | undefined;
  /** A `Connection` token names this header (H3). */
  readonly hopByHop: Field | undefined;
  /** This header stands on more than one line, and may not (H2). */
  readonly repeated: Field | undefined;
  /** The raw values of each field by its index, a line each; undefined where there is no line. */
  readonly lines: readonly (readonly string[] | undefined)[];
}

/** A compiled pass over header lines. */
export interface HeaderScanner {
  scan(rawHeaders: readonly string[]): HeaderScan;
  isIdentityHeader(name: string): boolean;
}

const CONNECTION = 'connection';
const NO_LINES: HeaderScan['lines'] = [];

/** Compiles the one pass that finds configured headers, their aliases and hop-by-hop tricks (H1). Never throws. */
export function compileScanner(fields: readonly Field[]): HeaderScanner {
  const byLength: (readonly Field[] | undefined)[] = [];
  for (const field of fields) {
    byLength[field.lower.length] = [...(byLength[field.lower.length] ?? []), field];
  }
  const empty = fields.map((): string[] | undefined => undefined);
  const shortest = Math.min(...fields.map(({ lower }) => lower.length));

  return { scan, isIdentityHeader };

  function scan(rawHeaders: readonly string[]): HeaderScan {
    if (!Array.isArray(rawHeaders) || rawHeaders.length % 2 !== 0) return UNREADABLE;
    let lines: (string[] | undefined)[] | undefined;
    let claims = false;
    let alias: Field | undefined;
    let hopByHop: Field | undefined;
    let repeated: Field | undefined;

    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name: unknown = rawHeaders[i];
      const value: unknown = rawHeaders[i + 1];
      if (typeof name !== 'string' || typeof value !== 'string') return UNREADABLE;
      if (name.length === CONNECTION.length && matchName(name, CONNECTION) === 'same') {
        hopByHop ??= findToken(value);
      }
      const candidates = byLength[name.length];
      if (!candidates) continue;
      for (const field of candidates) {
        const match = matchName(name, field.lower);
        if (match === undefined) continue;
        claims ||= !isBlank(value);
        if (match === 'alias') {
          alias ??= field;
          continue;
        }
        lines ??= empty.slice();
        const earlier = lines[field.index];
        if (!earlier) {
          lines[field.index] = [value];
          continue;
        }
        earlier.push(value);
        if (field.separator !== 'line') repeated ??= field;
      }
    }
    return {
      lineCount: rawHeaders.length / 2,
      claims,
      unreadable: false,
      alias,
      hopByHop,
      repeated,
      lines: lines ?? NO_LINES,
    };
  }

  function findToken(value: string): Field | undefined {
    if (value.length < shortest) return undefined;
    const tokens = value.split(',').map((token) => foldName(trimOws(token)));
    return fields.find(({ lower }) => tokens.includes(foldName(lower)));
  }

  function isIdentityHeader(name: string): boolean {
    if (typeof name !== 'string') return false;
    return (
      byLength[name.length]?.some(({ lower }) => matchName(name, lower) !== undefined) ?? false
    );
  }
}

const UNREADABLE: HeaderScan = {
  lineCount: 0,
  claims: true,
  unreadable: true,
  alias: undefined,
  hopByHop: undefined,
  repeated: undefined,
  lines: NO_LINES,
};
