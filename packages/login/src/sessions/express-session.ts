import type { SessionLibrary } from '../adapter/session-library.js';
import { keyedSession } from './keyed-session.js';
import { sessionIn } from './session-in.js';

/** What is used of express-session. */
interface Session {
  regenerate(done: (error?: unknown) => void): unknown;
}

/** What it has at `request.sessionStore`, once it has seen the request. */
interface Store {
  generate(request: object): void;
}

/**
 * How `signIn` uses express-session, on whatever has it: Express, and NestJS on Express. A session begins and ends with
 * `regenerate`, which clears the data and gives a new id; the old cookie is dead.
 */
export const expressSession: SessionLibrary<object> = keyedSession<object>({
  get: (request, key) => Reflect.get(sessionOf(request), key),
  set(request, key, value) {
    Reflect.set(sessionOf(request), key, value);
  },
  // Not destroy, which would leave the application without a session for the rest of the request.
  renew: (request) =>
    new Promise((resolve, reject) => {
      sessionOf(request).regenerate((error) => (error ? reject(error) : resolve()));
    }),
});

function sessionOf(request: object): Session {
  const missing = 'put express-session before it';
  // An application has destroyed its session by itself, which is no reason to have none from now on.
  if (!Reflect.get(request, 'session')) {
    const store: unknown = Reflect.get(request, 'sessionStore');
    sessionIn<Store>(store, ['generate'], missing).generate(request);
  }
  const session: unknown = Reflect.get(request, 'session');
  return sessionIn<Session>(session, ['regenerate'], missing);
}
