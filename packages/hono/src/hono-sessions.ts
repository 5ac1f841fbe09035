import { keyedSession, type SessionLibrary, sessionIn } from '@trusted-header/login';
import type { Context } from 'hono';

/** What is used of hono-sessions. */
interface Session {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  forget(key: string): void;
  getCache(): { readonly _data: object };
}

/**
 * How `signIn` uses hono-sessions. It keeps the data when it changes the id, so that each key is forgotten first.
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
    for (const key of Object.keys(session.getCache()._data)) session.forget(key);
    c.set('session_key_rotation', true);
  },
});

function sessionOf(c: Context): Session {
  const session: unknown = c.get('session');
  return sessionIn<Session>(
    session,
    ['get', 'set', 'forget', 'getCache'],
    'put app.use(sessionMiddleware(…)) before it',
  );
}
