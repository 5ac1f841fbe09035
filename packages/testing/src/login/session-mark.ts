import { AssertionError } from 'node:assert';
import type { LoginResponse } from '../client/send-request.js';
import type { LoginCheckOptions } from './login-check-options.js';

/**
 * Reads what `sessionMark` reads, in a form that can be compared; undefined where the options have none.
 *
 * Fails where it reads nothing: two nothings would look like the same session.
 */
export function sessionMarkIn(
  response: LoginResponse,
  { sessionMark, path }: LoginCheckOptions,
): string | undefined {
  if (!sessionMark) return undefined;
  const mark = sessionMark(response);
  if (mark !== undefined && mark !== null && mark !== '') return JSON.stringify(mark);
  throw new AssertionError({
    message: `sessionMark finds nothing in the answer of ${path}.`,
    actual: mark,
    expected: 'what lives as long as the session',
    operator: 'loginCheck',
  });
}
