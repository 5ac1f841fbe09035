import type { AppData } from '@trusted-header/app-data';
import type { AppLinks } from '@trusted-header/app-ui';
import type { RequestHandler } from 'express';
import session from 'express-session';
import { AppSessionStore } from './session-store.js';

/** Of its own for each app: browsers share the cookies of one host among all its ports. */
const SESSION_COOKIE = 'nest-app';

const DAY_MS = 86_400_000;

/** Makes the session middleware: express-session, with the sessions in the app's store and a signed id in the cookie. */
export function sessionFor(
  { sessions, sessionSecret }: AppData,
  { appUrl = '' }: AppLinks,
): RequestHandler {
  const secure = appUrl.startsWith('https:');
  return session({
    name: SESSION_COOKIE,
    secret: sessionSecret,
    store: new AppSessionStore(sessions),
    resave: false,
    saveUninitialized: false,
    // The proxy speaks TLS with the browser, and plain HTTP with this app; this believes its X-Forwarded-Proto, for the cookie only.
    proxy: secure,
    cookie: { httpOnly: true, sameSite: 'lax', secure, maxAge: DAY_MS },
  });
}

/** What needs nobody answers while the sessions are down: there, a session that cannot be read is none. */
export function withoutNeedOn(paths: readonly string[], handler: RequestHandler): RequestHandler {
  return (req, res, next) =>
    handler(req, res, (error?: unknown) => next(paths.includes(req.path) ? undefined : error));
}
