import type { SessionBinding } from '../session/binding.js';
import type { SignInHold } from '../session/hold.js';
import type { RequestSession } from '../sign-in/request-session.js';
import type { MaybePromise } from '../users/create-user-resolver.js';

/**
 * How a session library is used: one object for each, the same for all requests. See {@link RequestSession} for what each
 * function owes; what throws is a 503.
 *
 * @typeParam Context What the framework's people have in their hands: a request of Express, a context of Koa.
 */
export interface SessionLibrary<Context> {
  read(context: Context): MaybePromise<unknown>;
  start(context: Context, binding: SessionBinding): MaybePromise<void>;
  end(context: Context): MaybePromise<void>;
  readHold?(context: Context): MaybePromise<unknown>;
  hold?(context: Context, hold: SignInHold | undefined): MaybePromise<void>;
}

/** Gives the session of one request. */
export function sessionOf<Context>(
  library: SessionLibrary<Context>,
  context: Context,
): RequestSession {
  return {
    read: () => library.read(context),
    start: (binding) => library.start(context, binding),
    end: () => library.end(context),
    readHold: () => library.readHold?.(context),
    hold: (hold) => library.hold?.(context, hold),
  };
}

/** For applications that keep no session: whom the proxy names is looked up at each request. */
export const NO_SESSION: SessionLibrary<unknown> = {
  read: () => undefined,
  start: () => undefined,
  end: () => undefined,
};
