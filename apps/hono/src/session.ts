import type { AppData, SessionData as StoredSession } from '@trusted-header/app-data';
import type { AppLinks } from '@trusted-header/app-ui';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { type SessionData, type Store, sessionMiddleware } from 'hono-sessions';

/** Of its own for each app: browsers share the cookies of one host among all its ports. */
const SESSION_COOKIE = 'hono-app';

const DAY_SECONDS = 86_400;

/** Makes the session middleware: hono-sessions, with the sessions in the app's store and a random id in the cookie. */
export function sessionFor(
  { sessions }: Pick<AppData, 'sessions'>,
  { appUrl = '' }: AppLinks,
): MiddlewareHandler {
  const set = (id: string, data: SessionData): Promise<void> =>
    sessions.set(id, { ...data }, DAY_SECONDS * 1000);
  const store: Store = {
    async getSessionById(id = '') {
      const stored = await sessions.get(id);
      return stored && isSession(stored) ? stored : undefined;
    },
    createSession: set,
    // What a slower request has ended meanwhile stays ended.
    persistSessionData: async (id, data) => {
      if (await sessions.get(id)) await set(id, data);
    },
    deleteSession: (id) => sessions.destroy(id),
  };
  return sessionMiddleware({
    store,
    sessionCookieName: SESSION_COOKIE,
    expireAfterSeconds: DAY_SECONDS,
    autoExtendExpiration: false,
    cookieOptions: {
      httpOnly: true,
      path: '/',
      sameSite: 'Lax',
      secure: appUrl.startsWith('https:'),
    },
  });
}

/** Gives the id that a request came with. */
export function sessionIdOf(c: Context): string | undefined {
  return getCookie(c, SESSION_COOKIE);
}

/** Where hono-sessions keeps what `signIn` stores. */
export function bindingIn(stored: StoredSession): unknown {
  return isSession(stored) ? stored._data.trustedHeader?.value : undefined;
}

function isSession(stored: StoredSession): stored is StoredSession & SessionData {
  return typeof stored._data === 'object' && stored._data !== null;
}
