import { type Answer, valuesOf } from '../wire/exchange.js';

/** Whether an answer sends somebody to sign in. */
export function isSignIn(answer: Answer): boolean {
  const { status } = answer;
  return (
    status === 401 || (status >= 300 && status < 400 && valuesOf(answer, 'location').length > 0)
  );
}

/** Joins names as a sentence does. */
export function listed(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const last = unique.at(-1) ?? '';
  return unique.length < 2 ? last : `${unique.slice(0, -1).join(', ')} and ${last}`;
}
