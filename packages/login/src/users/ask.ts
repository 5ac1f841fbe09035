import { UserLookupError } from './user-lookup-error.js';

/** What `find` and `create` are given beside the identity. */
export interface LookupContext {
  /** Aborted when the answer is no longer waited for. Hand it to what can be given up: `fetch`, a database driver. */
  readonly signal: AbortSignal;
}

/**
 * Asks the application for a user, and waits a bounded time.
 *
 * @throws {UserLookupError} whatever goes wrong. Refuses anything but an object or `null`: an `undefined` that a lookup with a
 *   mistake gives must not look like "there is no such user", which would create one.
 */
export async function ask<User extends object>(
  step: 'find' | 'create',
  question: (context: LookupContext) => User | null | PromiseLike<User | null>,
  seconds: number,
): Promise<User | null> {
  const controller = new AbortController();
  let timer: unknown;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new UserLookupError('lookup-timeout', step, `no answer for ${seconds} s`);
      reject(error);
      controller.abort(error);
    }, seconds * 1000);
  });
  try {
    return checked(step, await Promise.race([start(step, question, controller.signal), timeout]));
  } finally {
    clearTimeout(timer);
  }
}

async function start<User extends object>(
  step: 'find' | 'create',
  question: (context: LookupContext) => User | null | PromiseLike<User | null>,
  signal: AbortSignal,
): Promise<User | null> {
  try {
    return await question({ signal });
  } catch (cause) {
    throw new UserLookupError('lookup-failed', step, 'it threw', { cause });
  }
}

function checked<User extends object>(step: 'find' | 'create', user: User | null): User | null {
  // Rows, as drivers of databases give them: an empty list must not look like a user.
  if (typeof user === 'object' && !Array.isArray(user)) return user;
  const given =
    user === undefined ? 'undefined' : Array.isArray(user) ? 'a list' : `a ${typeof user}`;
  throw new UserLookupError(
    'lookup-invalid',
    step,
    `it gave ${given}; give an object, or null where there is no such user`,
  );
}
