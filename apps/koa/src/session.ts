import type { AppData, SessionData } from '@trusted-header/app-data';
import type { AppLinks } from '@trusted-header/app-ui';
import type Koa from 'koa';
import { createSession } from 'koa-session';

/** Of its own for each app: browsers share the cookies of one host among all its ports. */
export const SESSION_COOKIE = 'koa-app';

const DAY_MS = 86_400_000;

/** Makes the session middleware: koa-session, with the sessions in the app's store and a signed id in the cookie. */
export function sessionFor(
  app: Koa,
  { sessions, sessionSecret }: AppData,
  { appUrl = '' }: AppLinks,
): Koa.Middleware {
  app.keys = [sessionSecret];
  const secure = appUrl.startsWith('https:');
  const session = createSession(
    {
      key: SESSION_COOKIE,
      maxAge: DAY_MS,
      sameSite: 'lax',
      secure,
      store: {
        get: (id) => sessions.get(id),
        set: (id, data: SessionData, ttlMs) => sessions.set(id, data, ttlMs),
        destroy: (id) => sessions.destroy(id),
      },
    },
    app,
  );
  return (ctx, next) => {
    // The proxy speaks TLS with the browser, and plain HTTP with this app.
    ctx.cookies.secure = secure;
    return session(ctx, next);
  };
}
