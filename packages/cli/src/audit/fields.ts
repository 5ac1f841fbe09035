import { isRecord } from '../json.js';

/** The named fields of a value from somebody’s file. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a value; none of anything that has no fields. */
export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** Turns `["A=1", "B"]` or `{ A: 1, B: null }` into the second form; of a list, what comes later counts. */
export function keyValues(value: unknown): Fields {
  if (!Array.isArray(value)) return fieldsOf(value);
  return Object.fromEntries(
    value.flatMap((line: unknown): [string, string | null][] => {
      if (typeof line !== 'string') return [];
      const at = line.indexOf('=');
      return at < 0 ? [[line, null]] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
}

/** The texts and numbers among the fields, as texts. */
export function textsOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
    ),
  );
}
