import { keyedSession, type SessionLibrary, sessionIn } from '@trusted-header/login';
import type { Context } from 'hono';

/** What is used of hono-sessions. */
interface Session {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  forget(key: string): void;
  getCache(): object;
  setCache(cache: object, isNew: boolean): void;
}

/**
 * How `signIn` uses hono-sessions. It keeps the data when it changes the id, so that the new session gets data of its own.
 *
 * With a store at the server the id changes at the end of the request, and the old cookie is dead. With its `CookieStore` the
 * cookie is the session: **an old cookie holds what it held until it expires**. What makes it useless is the comparison with each
 * request, and `onMissing: 'keep'` gives that up.
 */
export const honoSessions: SessionLibrary<Context> = keyedSession<Context>({
  get: (c, key) => sessionOf(c).get(key),
  set(c, key, value) {
    if (value === undefined) sessionOf(c).forget(key);
    else sessionOf(c).set(key, value);
  },
  // Not deleteSession, after which it stores nothing that the rest of the request writes.
  renew(c) {
    const session = sessionOf(c);
    // An object of its own: that of its MemoryStore is the same for all requests with this cookie. It may have been deleted before.
    session.setCache({ ...session.getCache(), _data: {}, _delete: false }, true);
    c.set('session_key_rotation', true);
  },
});

function sessionOf(c: Context): Session {
  const session: unknown = c.get('session');
  return sessionIn<Session>(
    session,
    ['get', 'set', 'forget', 'getCache', 'setCache'],
    'put app.use(sessionMiddleware(…)) before it',
  );
}
