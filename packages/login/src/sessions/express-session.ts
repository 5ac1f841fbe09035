import { createSlot, type Slot, sharedState } from '@trusted-header/core';
import type { SessionLibrary } from '../adapter/session-library.js';
import { keyedSession } from './keyed-session.js';
import { sessionIn } from './session-in.js';

type Callback = (error?: unknown) => void;

/** What is used of express-session. */
interface Session {
  regenerate(done: Callback): unknown;
}

/** What it has at `request.sessionStore`: this destroys what `request.sessionID` names, and makes a new one. */
interface Store {
  regenerate(request: object, done: Callback): unknown;
}

const MISSING = 'put express-session before it';

/**
 * How `signIn` uses express-session, on whatever has it: Express, and NestJS on Express. A session begins and ends with
 * `regenerate`, which clears the data and gives a new id; the old cookie is dead.
 */
export const expressSession: SessionLibrary<object> = keyedSession<object>({
  get(request, key) {
    const session = sessionOf(request);
    return session && Reflect.get(session, key);
  },
  set(request, key, value) {
    Reflect.set(presentIn(request), key, value);
  },
  // Not destroy, which would leave the application without a session for the rest of the request.
  renew: (request) =>
    new Promise((resolve, reject) => {
      const done: Callback = (error) => (error ? reject(error) : resolve());
      const session = sessionOf(request);
      if (session) session.regenerate(done);
      else storeOf(request).regenerate(request, done);
    }),
});

/** Requests that have had a session. */
const had = sharedState<Slot<true>>('sessions of express', createSlot);

/**
 * Gives the request's session; undefined where an application has ended it by itself, which is no reason to have none from now on. That
 * there has been none yet is another matter: nothing is in front of `signIn`, or its store could not be read.
 */
function sessionOf(request: object): Session | undefined {
  const session: unknown = Reflect.get(request, 'session');
  if ((session === undefined || session === null) && had.get(request)) return undefined;
  const found = presentIn(request);
  had.set(request, true);
  return found;
}

function presentIn(request: object): Session {
  return sessionIn<Session>(Reflect.get(request, 'session'), ['regenerate'], MISSING);
}

function storeOf(request: object): Store {
  return sessionIn<Store>(Reflect.get(request, 'sessionStore'), ['regenerate'], MISSING);
}
