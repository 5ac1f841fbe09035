import { promisify } from 'node:util';
import { keyedSession, type SessionLibrary } from '@trusted-header/login';
import type { Request } from 'express';

/** What is used of express-session. */
interface Session {
  regenerate(done: (error?: unknown) => void): unknown;
}

/**
 * How `signIn` uses express-session. A session begins and ends with `regenerate`, which clears the data and gives a new id; the
 * old cookie is dead.
 */
export const expressSession: SessionLibrary<Request> = keyedSession<Request>({
  get: (req, key) => Reflect.get(sessionOf(req), key),
  set(req, key, value) {
    Reflect.set(sessionOf(req), key, value);
  },
  // Not destroy, which would leave the application without req.session for the rest of the request.
  async renew(req) {
    const session = sessionOf(req);
    await promisify(session.regenerate.bind(session))();
  },
});

function sessionOf(req: Request): Session {
  const session: unknown = Reflect.get(req, 'session');
  if (isSession(session)) return session;
  throw new Error('signIn({ session: expressSession }) found no session: put session(…) before it');
}

function isSession(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && 'regenerate' in value;
}
