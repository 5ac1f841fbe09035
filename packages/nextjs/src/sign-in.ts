import { problemOf, type Refusal } from '@trusted-header/core';
import {
  createLogin,
  type LoginOptions,
  type RoleGuard,
  roleGuard,
  signInAgainTo,
  signOutOf,
  userGuard,
} from '@trusted-header/login';
import type { NextMiddleware } from 'next/server.js';
import { checkProxyArguments } from './check-proxy-arguments.js';
import { noFinder, type PathPolicies } from './compile-policies.js';
import { compileRolePolicies, type RolePolicy } from './compile-role-policies.js';
import { createRequestFollower, type FollowedRequest } from './follow-request.js';
import { followSessionWith } from './follow-session.js';
import { interruption } from './interruption.js';
import type { NextCookies } from './next-cookies.js';
import { openSession } from './open-session.js';
import type { RequestWithCookies } from './request-cookies.js';
import { explainUndecided } from './request-decision.js';
import type { NextSessionLibrary, SessionData } from './session-library.js';
import { userUnavailable } from './user-unavailable.js';
import { type UserHandler, withUserOf } from './with-user.js';

/** What {@link signIn} takes: how users are found, roles, the session library. */
export interface SignInOptions<
  User extends object,
  Role extends string = never,
  Data extends object = object,
> extends LoginOptions<NextCookies, User, Role> {
  readonly session?: NextSessionLibrary<Data>;
}

/** What {@link NextLogin.followSession} can be told. */
export interface FollowSessionOptions<Role extends string> {
  /**
   * The role that paths ask for, or a higher one, before anything is rendered: `{ '/admin/*': { role: 'admin' } }`. Read as
   * `policies` of `trustedHeaderProxy`. It is not the boundary: what the page shows still asks by `requireRole`.
   */
  readonly policies?: PathPolicies<RolePolicy<Role>>;
}

/**
 * An application's login. Where a function takes a request: that of the Pages router or of `proxy.ts`; leave it out in server
 * components, route handlers and server actions.
 */
export interface NextLogin<User extends object, Role extends string, Data extends object> {
  /**
   * Gives who is signed in: what `find` or `create` gave. Undefined for nobody, for whom the application does not know, and where
   * nothing has been decided. Looks up once for each request, and writes the session where Next can.
   *
   * @throws `UserUnavailableError` where `find`, `create` or the session library fails.
   */
  getUser(request?: RequestWithCookies): Promise<User | undefined>;
  /** Gives who is signed in, or ends the page, route handler or action: 401 for nobody, 403 for whom the application does not know. */
  requireUser(request?: RequestWithCookies): Promise<User>;
  /** Gives who is signed in and has this role or a higher one, or ends with 401 or 403. */
  requireRole(role: Role, request?: RequestWithCookies): Promise<User>;
  /** Wraps a route handler that runs only for a user, with this role if one is named; others get the problem: 401, 403 or 503. */
  withUser<Incoming extends Request, Context>(
    handler: UserHandler<User, Incoming, Context>,
    ...role: readonly [] | readonly [Role]
  ): (request: Incoming, context: Context) => Promise<Response>;
  /**
   * Gives what the application keeps in the session. It is that of whom the proxy names, and empty where it is somebody else's:
   * also in a server component, which cannot clear it.
   */
  getSession(request?: RequestWithCookies): Promise<SessionData<Data>>;
  /** Makes a function for `trustedHeaderProxy` that follows the proxy with the session, before anything is rendered. */
  followSession(options?: FollowSessionOptions<Role>): NextMiddleware;
  followSession(
    handler: NextMiddleware | undefined,
    options?: FollowSessionOptions<Role>,
  ): NextMiddleware;
  /**
   * Signs out of the application, in a server action or route handler: ends the session, and holds, so that the next request does
   * not sign in again. Then send people to `signOutUrl(…)` of `@trusted-header/login`: the proxy's own session lives on.
   */
  signOut(): Promise<void>;
  /** Signs in again after a sign-out, in a server action or route handler. */
  signInAgain(): Promise<User | undefined>;
}

/**
 * Makes an application's login: finds or creates the user whom the proxy names, and follows the proxy with the session (P2, P5).
 *
 * Server components cannot write cookies. So nobody's session is believed anywhere: each request compares it with the decision of
 * this very request, and `followSession` in `proxy.ts` writes what follows.
 *
 * @throws {ConfigError} `option-invalid`
 *
 * @example
 * ```ts
 * // lib/login.ts
 * import { defineRoles } from '@trusted-header/login';
 * import { signIn } from '@trusted-header/nextjs';
 * import { ironSession } from '@trusted-header/nextjs/iron-session';
 *
 * export const { getUser, requireUser, requireRole, getSession, followSession, signOut, signInAgain } = signIn({
 *   find: ({ user }) => (user === 'alice' ? { id: 1, name: user } : null),
 *   roles: defineRoles({ admin: 'ops', viewer: '*' }),
 *   session: ironSession({ password: process.env.SESSION_SECRET ?? '', cookieName: 'session' }),
 * });
 * ```
 */
export function signIn<
  User extends object,
  Role extends string = never,
  Data extends object = object,
>(options: SignInOptions<User, Role, Data>): NextLogin<User, Role, Data> {
  const login = createLogin<NextCookies, User, Role>(options);
  const follower = createRequestFollower(login);

  return {
    async getUser(request) {
      const found = await follower.find(request);
      if (found.kind === 'undecided') return undefined;
      const { user, refusal } = found.result;
      if (refusal?.kind === 'unavailable') throw userUnavailable();
      return user;
    },
    requireUser: (request) => admitted(userGuard, request),
    requireRole: (role, request) => admitted(roleGuard(role), request),
    withUser: (handler, ...role) => withUserOf(follower, handler, guardFor(role)),
    getSession: async (request) => openSession(options, await follower.find(request)),
    followSession: (
      first?: NextMiddleware | FollowSessionOptions<Role>,
      second?: FollowSessionOptions<Role>,
    ) => {
      checkProxyArguments(first, second, ['policies']);
      const [handler, given = {}] =
        typeof first === 'object' ? [undefined, first] : [first, second];
      const names = options.roles?.names ?? [];
      const guardsFor =
        'policies' in given ? compileRolePolicies(given.policies, names) : noFinder();
      return followSessionWith(follower, handler, guardsFor);
    },
    async signOut() {
      const found = await followed();
      found.placed.writeTo(found.cookies);
      await signOutOf(found.holder);
      follower.signedOut(found.decided);
    },
    async signInAgain() {
      const found = await followed();
      found.placed.writeTo(found.cookies);
      const { refusal } = await signInAgainTo(found.holder);
      if (refusal) throw errorOf(refusal);
      follower.forget(found.decided);
      return (await followed()).result.user;
    },
  };

  async function followed(request?: RequestWithCookies): Promise<FollowedRequest<User>> {
    const found = await follower.find(request);
    if (found.kind === 'undecided') throw new Error(explainUndecided(found.reason));
    return found;
  }

  async function admitted(guard: RoleGuard, request?: RequestWithCookies): Promise<User> {
    const { holder, result } = await followed(request);
    const refusal = guard(holder);
    if (refusal) throw errorOf(refusal);
    if (result.user) return result.user;
    throw interruption(401);
  }
}

/** A role that is given and undefined is no role that there is: the guard throws (D4). */
function guardFor(given: readonly [] | readonly [string]): RoleGuard {
  return given.length === 0 ? userGuard : roleGuard(given[0]);
}

function errorOf(refusal: Refusal): Error {
  return refusal.kind === 'unavailable'
    ? userUnavailable()
    : interruption(problemOf(refusal).status);
}
