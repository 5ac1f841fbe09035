import { keyedSession, type SessionLibrary, sessionIn } from '@trusted-header/login';
import type { Request } from 'express';

/** What is used of iron-session. */
interface Session {
  save(): Promise<void>;
  updateConfig(...args: never[]): unknown;
}

/**
 * How `signIn` uses iron-session, where a middleware has put the request's session at `req.session`:
 * `req.session = await getIronSession(req, res, options)`. Handlers use that one: to ask `getIronSession` again reads the request's
 * cookie again, and so what was there before.
 *
 * The cookie is the session. The data is cleared, but **an old cookie holds what it held until it expires**: what makes it useless
 * is the comparison with each request, and `onMissing: 'keep'` gives that up.
 */
export const ironSession: SessionLibrary<Request> = keyedSession<Request>({
  get: (req, key) => Reflect.get(sessionOf(req), key),
  async set(req, key, value) {
    const session = sessionOf(req);
    Reflect.set(session, key, value);
    await session.save();
  },
  // Not destroy, which sends a cookie that is over, and the application may go on to use the session.
  async renew(req) {
    const session = sessionOf(req);
    for (const key of Object.keys(session)) Reflect.deleteProperty(session, key);
    await session.save();
  },
});

function sessionOf(req: Request): Session {
  const session: unknown = Reflect.get(req, 'session');
  return sessionIn<Session>(
    session,
    ['save', 'updateConfig'],
    'put req.session = await getIronSession(…) before it',
  );
}
