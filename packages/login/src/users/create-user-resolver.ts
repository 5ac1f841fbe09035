import type { Identity } from '@trusted-header/core';
import { lowerCase } from '@trusted-header/core';
import { abortable } from './abortable.js';
import { ask, type LookupContext } from './ask.js';
import { checkResolverOptions } from './check-resolver-options.js';
import { createRecentUsers } from './recent-users.js';

/** How an application finds the user that an identity is. */
export interface UserResolverOptions<User extends object> {
  /** Finds the user, or gives `null`: there is none. `undefined` is an error, so write `?? null` behind what gives it. */
  readonly find: (identity: Identity, context: LookupContext) => MaybePromise<User | null>;
  /**
   * Makes a user that `find` did not find; `null` says that this one gets none. Once at a time for each user in this process, as long as it answers in time;
   * two processes may both ask, so **the user's name needs a unique index**. When it throws, `find` is asked once more: the
   * other process was faster.
   */
  readonly create?: (identity: Identity, context: LookupContext) => MaybePromise<User | null>;
  /** `lower`: `find` and `create` get the user's name in lower case, as `match` of a policy folds it. Default `exact`. */
  readonly match?: 'exact' | 'lower';
  /**
   * How long a found user is remembered, in seconds; 0 is never. Default 0: who was deleted or locked is out at once. Other
   * groups, name or email in the headers ask again in any case.
   */
  readonly ttlSeconds?: number;
  /** How many users are remembered. Default 1 000. */
  readonly max?: number;
  /** How long `find` and `create` may each take, in seconds. Default 5. */
  readonly timeoutSeconds?: number;
}

export type MaybePromise<T> = T | PromiseLike<T>;

/** Gives the application's users. */
export interface UserResolver<User extends object> {
  /**
   * Gives the user that an identity is; `null`: there is none, which is a 403 `user-unknown`.
   *
   * @throws {UserLookupError} `lookup-failed`, `lookup-timeout`, `lookup-invalid`: a 503
   * @throws the signal's reason, if this caller gave up; others go on waiting
   */
  resolve(identity: Identity, options?: { readonly signal?: AbortSignal }): Promise<User | null>;
  /** Forgets one user, by the name in the header, after a change; without a name, all. */
  forget(user?: string): void;
}

interface Flight<User> {
  readonly claim: string;
  readonly answer: Promise<User | null>;
  /** The user was forgotten in the meantime: the answer, from before the change, is for those who wait for it already. */
  isForgotten: boolean;
}

/**
 * Makes a resolver of the application's users, with just-in-time provisioning (P3).
 *
 * One lookup at a time for each user, however many requests wait for it. Errors and "no such user" are not remembered.
 *
 * @throws {ConfigError} `option-invalid`
 *
 * @example
 * ```ts
 * import { createUserResolver } from '@trusted-header/login';
 *
 * interface Row { id: number; name: string }
 * declare const db: { byName(name: string): Promise<Row | undefined>; insert(name: string): Promise<Row> };
 *
 * const users = createUserResolver({
 *   find: async ({ user }) => (await db.byName(user)) ?? null,
 *   create: ({ user }) => db.insert(user),
 * });
 * const row = await users.resolve({ user: 'alice' }); // Row | null
 * ```
 */
export function createUserResolver<User extends object>(
  options: UserResolverOptions<User>,
): UserResolver<User> {
  checkResolverOptions(options);
  const { find, create, match, ttlSeconds = 0, max = 1000, timeoutSeconds = 5 } = options;
  const recent = createRecentUsers<User>(ttlSeconds, max);
  const flights = new Map<string, Flight<User>>();
  const keyOf = match === 'lower' ? lowerCase : (user: string): string => user;

  return {
    async resolve(identity, { signal } = {}) {
      const asked = { ...identity, user: keyOf(identity.user) };
      const claim = claimOf(asked);
      for (;;) {
        // Before anything is asked for: nobody waits for the answer.
        if (signal?.aborted) throw signal.reason;
        const user = recent.get(asked.user, claim);
        if (user) return user;
        const flight = flights.get(asked.user);
        if (!flight) return abortable(depart(asked, claim), signal);
        if (flight.claim === claim && !flight.isForgotten) return abortable(flight.answer, signal);
        // The same user with other groups, or forgotten: one after the other, so that nobody is created twice.
        await abortable(flight.answer.catch(ignore), signal);
      }
    },
    forget(user) {
      if (user === undefined) {
        recent.clear();
        for (const flight of flights.values()) flight.isForgotten = true;
        return;
      }
      recent.delete(keyOf(user));
      const flight = flights.get(keyOf(user));
      if (flight) flight.isForgotten = true;
    },
  };

  function depart(identity: Identity, claim: string): Promise<User | null> {
    const answer = findOrCreate(identity).finally(() => flights.delete(identity.user));
    const flight: Flight<User> = { claim, answer, isForgotten: false };
    flights.set(identity.user, flight);
    return answer.then((user) => {
      if (user !== null && !flight.isForgotten) recent.set(identity.user, claim, user);
      return user;
    });
  }

  async function findOrCreate(identity: Identity): Promise<User | null> {
    const found = await ask('find', (context) => find(identity, context), timeoutSeconds);
    if (found !== null || create === undefined) return found;
    try {
      return await ask('create', (context) => create(identity, context), timeoutSeconds);
    } catch (error) {
      const other = await ask('find', (context) => find(identity, context), timeoutSeconds);
      if (other !== null) return other;
      throw error;
    }
  }
}

/** Everything that `find` may look at, without two identities ever being one text. */
function claimOf({ groups, name, email, extra }: Identity): string {
  return JSON.stringify([groups, name, email, extra && Object.entries(extra).sort()]);
}

function ignore(): void {}
