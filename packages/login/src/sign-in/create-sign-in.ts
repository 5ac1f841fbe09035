import type { Decision, Identity } from '@trusted-header/core';
import type { Roles } from '../roles/define-roles.js';
import { readBinding, type SessionBinding } from '../session/binding.js';
import { holdSignIn, isHold } from '../session/hold.js';
import { namedIdentity } from '../session/named-identity.js';
import { reconcileSession } from '../session/reconcile-session.js';
import {
  createUserResolver,
  type MaybePromise,
  type UserResolverOptions,
} from '../users/create-user-resolver.js';
import { checkSignInOptions } from './check-sign-in-options.js';
import { createFailureLog } from './failure-log.js';
import type { RequestSession } from './request-session.js';

export interface SignInOptions<User extends object, Role extends string = never>
  extends UserResolverOptions<User> {
  /** What {@link defineRoles} made. */
  readonly roles?: Roles<Role>;
  /** See {@link ReconcileOptions}. Default `end`. */
  readonly onMissing?: 'end' | 'keep';
  /** How long a sign-out holds at most, in seconds. Default: a day. */
  readonly holdSeconds?: number;
  /** Gets a line when nobody could be asked, once a minute for each cause. Default `console.warn`. */
  readonly log?: ((line: string) => void) | false;
}

/** What an adapter knows of the request beside the decision. */
export interface SignInFacts {
  /** The path is open: nobody is asked for there, nothing is ended, and a database that is down stops nobody but whoever has another's session. */
  readonly open?: boolean;
  /** Another login has signed somebody in on this session; it is left alone. */
  readonly otherLogin?: boolean | (() => MaybePromise<boolean>);
  /** The person asks to be signed in again, which ends a hold. */
  readonly again?: boolean;
  readonly signal?: AbortSignal;
}

/** Who is signed in. `session`: what has become of the session; absent where it is as it was. */
export type SignInOutcome<User, Role extends string = never> =
  | {
      readonly kind: 'user';
      readonly user: User;
      readonly roles: readonly Role[];
      readonly session?: 'started' | 'switched';
    }
  /** `otherLogin`: whoever is signed in is another login's. */
  | { readonly kind: 'nobody'; readonly otherLogin?: true; readonly session?: 'ended' }
  /** The proxy names somebody whom the application does not know: 403. */
  | { readonly kind: 'denied'; readonly code: 'user-unknown'; readonly session?: 'ended' }
  /** Nobody could say, for now: 503. The session is as it was, or is not believed. */
  | { readonly kind: 'unavailable'; readonly error: unknown };

export interface SignIn<User extends object, Role extends string = never> {
  /** Follows the proxy with the session, and gives the user. Does not throw. */
  follow(
    decision: Decision,
    session: RequestSession,
    facts?: SignInFacts,
  ): Promise<SignInOutcome<User, Role>>;
  /** Signs out of the application, and holds: the next request does not sign in again. Throws what the session throws. */
  signOut(decision: Decision, session: RequestSession): Promise<void>;
  /** Forgets a remembered user after a change; without a name, all. */
  forget(user?: string): void;
}

const NOBODY = Object.freeze({ kind: 'nobody' } as const);
const OTHERS = Object.freeze({ kind: 'nobody', otherLogin: true } as const);
const DENIED = Object.freeze({ kind: 'denied', code: 'user-unknown' } as const);
const ENDED = Object.freeze({ ...NOBODY, session: 'ended' } as const);
const DENIED_AND_ENDED = Object.freeze({ ...DENIED, session: 'ended' } as const);
const CHANGES = { start: 'started', switch: 'switched', keep: undefined } as const;

/**
 * Makes what signs the proxy's user in to an application: the session that follows the decision (P2), the user (P3), the roles.
 *
 * Asks for the user before it touches the session, so that a database that is down signs nobody out. A user that is given is the
 * decision's; but with `onMissing: 'keep'`, where nobody is named, it is the session's.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function createSignIn<User extends object, Role extends string = never>(
  options: SignInOptions<User, Role>,
): SignIn<User, Role> {
  checkSignInOptions(options);
  const { roles, onMissing, holdSeconds, log, ...lookup } = options;
  const users = createUserResolver<User>(lookup);
  const { create, ...finding } = lookup;
  // Whom only a session names is found, and never made: nobody who is believed has asked for it.
  const keptUsers = create ? createUserResolver<User>(finding) : users;
  const failed = createFailureLog(log);

  return {
    async follow(decision, session, facts = {}) {
      const seen: Seen = { isOver: false };
      try {
        return await follow(decision, session, facts, seen);
      } catch (error) {
        // Whoever gave up waiting is no failure of the database's.
        if (facts.signal?.aborted !== true) failed(error);
        // An open path does without a user, and never with what another has in the session.
        return facts.open === true && !seen.isOver ? NOBODY : { kind: 'unavailable', error };
      }
    },
    async signOut(decision, session) {
      const user = userToHold(decision, await session.read());
      const hold =
        user === undefined ? await session.readHold?.() : holdSignIn(user, Date.now(), holdSeconds);
      await endAndHold(session, hold);
    },
    forget(user) {
      users.forget(user);
      keptUsers.forget(user);
    },
  };

  async function follow(
    decision: Decision,
    session: RequestSession,
    facts: SignInFacts,
    seen: Seen,
  ): Promise<SignInOutcome<User, Role>> {
    const { open, again } = facts;
    const named = namedIdentity(decision);
    // Nobody, on an open path, needs neither a session store nor a database.
    if (open === true && named === undefined) return NOBODY;
    const bound = await session.read();
    seen.isOver = isAnothers(bound, named);
    const stored = await session.readHold?.();
    const hold = again === true ? undefined : stored;
    const otherLogin =
      typeof facts.otherLogin === 'function' ? await facts.otherLogin() : facts.otherLogin;
    const action = reconcileSession(bound, decision, { onMissing, open, otherLogin, hold });
    seen.isOver ||= action.kind === 'end';
    if (action.kind === 'none') {
      return otherLogin === true || readBinding(bound).kind === 'other' ? OTHERS : NOBODY;
    }
    if (action.kind === 'end') {
      await endAndHold(session, stored);
      return ENDED;
    }
    const identity = named ?? identityOf(action.binding);
    const user = await (named ? users : keptUsers).resolve(identity, facts);
    if (user === null) {
      if (action.kind === 'start') return DENIED;
      seen.isOver = true;
      await endAndHold(session, stored);
      return DENIED_AND_ENDED;
    }
    if (action.kind !== 'keep') await session.start(action.binding);
    // Last: where the session could not be started, the hold holds.
    const isNew = action.kind !== 'keep' || again === true;
    if (isNew && stored !== undefined && stored !== null) await session.hold?.(undefined);
    const changed = CHANGES[action.kind];
    return {
      kind: 'user',
      user,
      roles: roles?.rolesOf(identity) ?? [],
      ...(changed && { session: changed }),
    };
  }
}

function isAnothers(bound: unknown, named: Identity | undefined): boolean {
  const stored = readBinding(bound);
  return stored.kind === 'ours' && named !== undefined && stored.binding.user !== named.user;
}

/** What is known before something fails. */
interface Seen {
  /** The session is to end: it is another's, or is not to go on. */
  isOver: boolean;
}

/** Ends a session. A hold that is kept in the session itself goes with it, and is put back: nobody has signed in. */
async function endAndHold(session: RequestSession, hold: unknown): Promise<void> {
  await session.end();
  if (isHold(hold)) await session.hold?.(hold);
}

/** Of a session that goes on while nobody is named. Groups that are stored as a digest are not known any more. */
function identityOf({ user, groups }: SessionBinding): Identity {
  return typeof groups === 'object' ? { user, groups } : { user };
}

/** Whom the proxy names would be signed in again; where it names nobody, whoever it was. */
function userToHold(decision: Decision, bound: unknown): string | undefined {
  const identity = namedIdentity(decision);
  if (identity) return identity.user;
  const stored = readBinding(bound);
  return stored.kind === 'ours' ? stored.binding.user : undefined;
}
