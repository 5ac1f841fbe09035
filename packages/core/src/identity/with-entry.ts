import type { Identity } from '../decision.js';

/** Adds an own property, whatever its name: `__proto__` is ordinary text (H9). */
export function withEntry(
  extra: Identity['extra'],
  key: string,
  value: string,
): NonNullable<Identity['extra']> {
  return Object.fromEntries([...Object.entries(extra ?? {}), [key, value]]);
}
