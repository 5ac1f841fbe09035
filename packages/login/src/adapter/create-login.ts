import {
  createSlot,
  type Decision,
  isOpenPath,
  type LoginOutcome,
  type Refusal,
  type RequestShape,
  type Slot,
  sharedState,
  tellDenial,
  tellLogin,
} from '@trusted-header/core';
import { namedIdentity } from '../session/named-identity.js';
import { createSignIn, type SignInOptions, type SignInOutcome } from '../sign-in/create-sign-in.js';
import type { MaybePromise } from '../users/create-user-resolver.js';
import { checkLogin } from './check-login.js';
import { NO_SESSION, type SessionLibrary, sessionOf } from './session-library.js';

/** What every adapter's `signIn` takes. */
export interface LoginOptions<Context, User extends object, Role extends string = never>
  extends SignInOptions<User, Role> {
  /** The session library in use. Without it, whom the proxy names is looked up at each request, and no sign-out holds. */
  readonly session?: SessionLibrary<Context>;
  /**
   * Tells whether another login of the application has signed somebody in on the request's session: a password, for example.
   * Such a session is left alone. What throws is a 503.
   */
  readonly otherLogin?: (context: Context) => MaybePromise<boolean>;
}

/** What an adapter knows of a request, beside what its session library needs. */
export interface LoginRequest {
  /** Where what is known of the request is kept: the same for all that ask about it. */
  readonly holder: object;
  readonly decision: Decision;
  readonly shape: RequestShape | undefined;
  /** Nobody is asked for here, whatever the path: `@AllowAnonymous()`. */
  readonly open?: boolean;
}

/** Whom a request was signed in as, or what keeps it from its handler. */
export interface LoginResult<User> {
  readonly user: User | undefined;
  readonly refusal: Refusal | undefined;
  /** Nothing was looked at, or it is another login's: what stands in the place of the user is not ours to take away. */
  readonly isOthers?: true;
}

/** The part of `signIn` that all adapters share. */
export interface Login<Context, User extends object> {
  /** Follows the proxy with the session, and keeps what came of it for {@link roleGuard}. Does not throw. */
  follow(context: Context, request: LoginRequest): Promise<LoginResult<User>>;
}

/** What is known of a request that `signIn` has seen. */
export interface SignedIn {
  readonly decision: Decision;
  readonly result: LoginResult<object>;
  /** Those that its groups give; undefined where `signIn` was given no `roles`. */
  readonly held: readonly string[] | undefined;
  /** All there are, the highest first. */
  readonly names: readonly string[];
  signOut(): Promise<void>;
  again(): Promise<LoginResult<object>>;
}

const states = sharedState<Slot<SignedIn>>('signed in', createSlot);

/**
 * Makes the part of `signIn` that all adapters share.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function createLogin<Context, User extends object, Role extends string = never>(
  options: LoginOptions<Context, User, Role>,
): Login<Context, User> {
  const { session: library = NO_SESSION, otherLogin, ...rest } = checkLogin(options);
  const signIn = createSignIn<User, Role>(rest);
  return { follow: (context, request) => follow(context, request, false) };

  async function follow(
    context: Context,
    request: LoginRequest,
    again: boolean,
  ): Promise<LoginResult<User>> {
    const { holder, decision, shape, open = false } = request;
    const session = sessionOf(library, context);
    const isOpen = open || isOpenPath(shape);
    const outcome = await signIn.follow(decision, session, {
      open: isOpen,
      again,
      ...(otherLogin && { otherLogin: () => otherLogin(context) }),
    });
    const isUnasked = isOpen && namedIdentity(decision) === undefined;
    // Without a session each request begins anew, which is no news.
    const done =
      library === NO_SESSION && outcome.kind !== 'unavailable' ? undefined : doneBy(outcome);
    if (done) tellLogin(decision, done, holder);
    const result =
      outcome.kind === 'nobody' && (outcome.otherLogin === true || isUnasked)
        ? othersOrNobody(holder)
        : resultOf(outcome, decision, holder);
    const known: SignedIn = {
      decision,
      result,
      held: rest.roles && (outcome.kind === 'user' ? outcome.roles : []),
      names: rest.roles?.names ?? [],
      async signOut() {
        await signIn.signOut(decision, session);
        tellLogin(decision, 'signed-out', holder);
        // For what asks behind it in the same request: GraphQL's next mutation, for example.
        states.set(holder, { ...known, result: NOBODY, held: rest.roles && [] });
      },
      again: () => follow(context, request, true),
    };
    states.set(holder, known);
    return result;
  }
}

/** Gives what is known of a request; undefined where no `signIn` has seen it. */
export function signedIn(holder: object): SignedIn | undefined {
  return states.get(holder);
}

/** What an earlier `signIn` has put there is ours. */
function othersOrNobody(holder: object): LoginResult<never> {
  return states.get(holder)?.result.user === undefined ? OTHERS : NOBODY;
}

/** What there is to tell of: a session that goes on as it was is no news. */
function doneBy(outcome: SignInOutcome<unknown, string>): LoginOutcome | undefined {
  return outcome.kind === 'unavailable' ? 'unavailable' : outcome.session;
}

function resultOf<User>(
  outcome: SignInOutcome<User, string>,
  decision: Decision,
  holder: object,
): LoginResult<User> {
  switch (outcome.kind) {
    case 'user':
      return { user: outcome.user, refusal: undefined };
    case 'nobody':
      return NOBODY;
    case 'denied':
      tellDenial(decision, { reason: outcome.code, detail: UNKNOWN_DETAIL }, holder);
      return UNKNOWN_USER;
    case 'unavailable':
      return UNAVAILABLE;
  }
}

const NOBODY = Object.freeze({ user: undefined, refusal: undefined });
const OTHERS = Object.freeze({ ...NOBODY, isOthers: true } as const);
const UNKNOWN_USER = refusedWith({ kind: 'denied', reason: 'user-unknown' });
const UNAVAILABLE = refusedWith({ kind: 'unavailable', reason: 'user-unavailable' });
const UNKNOWN_DETAIL = 'find gave null, and create gave no user either, or is not there';

function refusedWith(refusal: Refusal): LoginResult<never> {
  return Object.freeze({ user: undefined, refusal: Object.freeze(refusal) });
}
