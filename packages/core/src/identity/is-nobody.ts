import type { Fields } from '../headers/field.js';
import type { HeaderScan } from '../headers/scan-headers.js';
import type { Limits } from './limits.js';
import { isMalformed } from './malformed.js';
import { readName } from './read-value.js';

/** Tells whether a claim names the provider's nobody (H13): by the user, or by the name where there is no user. */
export function isNobody(
  { nobody, others }: Fields,
  { lines }: HeaderScan,
  user: string | undefined,
  limits: Limits,
): boolean {
  const called = user ?? readNameIn(others, lines, limits);
  return called !== undefined && nobody?.has(called) === true;
}

function readNameIn(
  others: Fields['others'],
  lines: HeaderScan['lines'],
  { nameBytes }: Limits,
): string | undefined {
  const field = others.find(({ kind }) => kind === 'name');
  if (!field) return undefined;
  const line = lines[field.index];
  // Several lines of it are refused before they are read.
  const name = typeof line === 'string' ? readName(line, field, nameBytes) : undefined;
  return isMalformed(name) ? undefined : name;
}
