import { type Answer, valuesOf } from '../wire/exchange.js';

/** Whether an answer sends somebody to sign in. */
export function isSignIn(answer: Answer): boolean {
  const { status } = answer;
  return (
    status === 401 || (status >= 300 && status < 400 && valuesOf(answer, 'location').length > 0)
  );
}

/** More names than these are counted. */
const MAX_NAMES = 5;

/** Joins names as a sentence does. */
export function listed(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const rest = unique.length - MAX_NAMES;
  const shown = rest > 1 ? [...unique.slice(0, MAX_NAMES), `${rest} more`] : unique;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** Said of a case, or of a path, for which the bound on requests has left none. */
export const LEFT_OUT = 'left out by the bound on requests';
