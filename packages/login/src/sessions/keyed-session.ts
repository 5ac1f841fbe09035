import type { SessionLibrary } from '../adapter/session-library.js';
import type { MaybePromise } from '../users/create-user-resolver.js';

/** A session of named JSON values, as nearly every library has it. What throws is a 503. */
export interface SessionKeys<Context> {
  /** Reads a value; undefined or null where there is none. */
  get(context: Context, key: string): MaybePromise<unknown>;
  /** Stores a value that goes through JSON, or, with undefined, removes it. */
  set(context: Context, key: string, value: unknown): MaybePromise<void>;
  /**
   * Makes the session of the request an empty one, which the rest of the request can use, with a new id where the library can.
   * **All data of whoever was there before must be gone**, also where the library's `regenerate` keeps it.
   */
  renew(context: Context): MaybePromise<void>;
}

const BINDING = 'trustedHeader';
const HOLD = 'trustedHeaderHold';

/**
 * Makes of a library's session what `signIn` uses. A session begins and ends by being made anew, so that nothing of the old one
 * is left in either case; the hold of a sign-out is in the new one.
 *
 * @example
 * ```ts
 * import { keyedSession } from '@trusted-header/login';
 *
 * interface Visit {
 *   session: Map<string, unknown>;
 * }
 * export const mapSession = keyedSession<Visit>({
 *   get: (visit, key) => visit.session.get(key),
 *   set: (visit, key, value) => void visit.session.set(key, value),
 *   renew: (visit) => visit.session.clear(),
 * });
 * ```
 */
export function keyedSession<Context>({
  get,
  set,
  renew,
}: SessionKeys<Context>): SessionLibrary<Context> {
  return {
    read: (context) => get(context, BINDING),
    async start(context, binding) {
      await renew(context);
      await set(context, BINDING, binding);
    },
    end: renew,
    readHold: (context) => get(context, HOLD),
    hold: (context, hold) => set(context, HOLD, hold),
  };
}
