import type { Limits } from './limits.js';

/** What is read of a value that cannot be read one way only. */
export interface Malformed {
  /** Why, for the operator: which limit and by how much, which character. Holds nothing of the value (H4). */
  readonly detail: string;
}

/** What one value came to; undefined where there is none. */
export type Reading = string | undefined | Malformed;

/** Tells whether a value cannot be read. */
export function isMalformed(reading: Reading): reading is Malformed {
  return typeof reading === 'object';
}

/** Words a value that is over a limit: `groups 600 > limits.groups 512`. */
export function overLimit(name: keyof Limits, found: number, limit: number): Malformed {
  return { detail: `${name} ${found} > limits.${name} ${limit}` };
}
