import { trimOws } from '../headers/trim-ows.js';
import type { Reading } from './malformed.js';

/**
 * Takes off what stands before a value, as it came. An empty line is no value.
 *
 * Malformed are a line that begins with anything else, letter case included, nothing behind the prefix, and white space there:
 * one value has one spelling.
 */
export function behindPrefix(raw: string, prefix: string): Reading {
  const line = trimOws(raw);
  if (line === '') return undefined;
  if (!line.startsWith(prefix)) return { detail: `without the prefix ${prefix}` };
  const value = line.slice(prefix.length);
  if (value === '') return { detail: `nothing behind the prefix ${prefix}` };
  return trimOws(value) === value ? value : { detail: `white space behind the prefix ${prefix}` };
}
