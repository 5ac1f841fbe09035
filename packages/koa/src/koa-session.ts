import { keyedSession, type SessionLibrary, sessionIn } from '@trusted-header/login';
import type { Context } from 'koa';

/** What is used of koa-session. */
interface Session {
  regenerate(): Promise<unknown> | undefined;
}

/**
 * How `signIn` uses koa-session. Its `regenerate` gives a new id and keeps the data, which is therefore deleted first. Where `app.keys`
 * holds an empty key, as an environment variable that is not set is, requests get 503. A `Keygrip` is not looked into.
 *
 * With `store` the old cookie is dead. Without, the cookie is the session: the data is cleared, but **an old cookie holds what it
 * held until it expires**. What makes it useless is the comparison with each request, and `onMissing: 'keep'` gives that up.
 */
export const koaSession: SessionLibrary<Context> = keyedSession<Context>({
  get: (ctx, key) => Reflect.get(sessionOf(ctx), key),
  set(ctx, key, value) {
    Reflect.set(sessionOf(ctx), key, value);
  },
  // Not ctx.session = null, which would leave the application without a session for the rest of the request.
  async renew(ctx) {
    const session = sessionOf(ctx);
    for (const key of Object.keys(session)) Reflect.deleteProperty(session, key);
    await session.regenerate();
  },
});

const MISSING = 'put app.use(session(…)) before it';
const EMPTY_KEY = 'app.keys holds an empty key; write app.keys = [secret], and stop without one';

function sessionOf(ctx: Context): Session {
  // An application has ended its session by itself, which is no reason to have none from now on.
  if (Reflect.get(ctx, 'session') === null) Reflect.set(ctx, 'session', {});
  const { keys } = ctx.app;
  // Whoever knows the key writes sessions for anybody, and everybody knows this one.
  const isForgeable = Array.isArray(keys) && keys.some((key) => key?.length === 0);
  const session: unknown = isForgeable ? undefined : Reflect.get(ctx, 'session');
  return sessionIn<Session>(session, ['regenerate'], isForgeable ? EMPTY_KEY : MISSING);
}
