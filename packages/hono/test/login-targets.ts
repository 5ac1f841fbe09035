import { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { useSession, useSessionStorage } from '@hono/session';
import type { LoginSetup, LoginTarget } from '@trusted-header/conformance';
import type { SessionLibrary } from '@trusted-header/login';
import { type Context, type Handler, Hono, type MiddlewareHandler } from 'hono';
import { CookieStore, MemoryStore, sessionMiddleware } from 'hono-sessions';
import {
  honoSession,
  honoSessions,
  requireRole,
  requireUser,
  signIn,
  signInAgain,
  signOut,
  trustedHeader,
} from '../src/index.js';

const secret = 'a secret of this test and of nobody else';

/** How handlers use a library. */
interface Bag {
  get(c: Context, key: string): unknown;
  set(c: Context, key: string, value: unknown): unknown;
  end(c: Context): unknown;
}

const sessionsBag: Bag = {
  get: (c, key) => c.get('session').get(key),
  set: (c, key, value) => c.get('session').set(key, value),
  end: (c) => c.get('session').deleteSession(),
};

/** hono-sessions, with its store in memory. */
const honoSessionsMemoryTarget: LoginTarget = {
  name: 'hono-sessions, MemoryStore',
  createServer: (setup) =>
    createApp(setup, honoSessions, sessionsBag, [
      sessionMiddleware({ store: new MemoryStore(), encryptionKey: secret }),
    ]),
};

/** hono-sessions with its CookieStore: the cookie is the session. */
const honoSessionsCookieTarget: LoginTarget = {
  name: 'hono-sessions, CookieStore',
  stateless: true,
  createServer: (setup) =>
    createApp(setup, honoSessions, sessionsBag, [
      sessionMiddleware({ store: new CookieStore(), encryptionKey: secret }),
    ]),
};

/** As @hono/session wants it: what has been updated is read from `data`, since `get` would drop it. */
const sessionBag: Bag = {
  async get(c, key) {
    const session = c.get('session');
    const data = c.get('isUpdated') === true ? session.data : await session.get();
    return data?.[key];
  },
  async set(c, key, value) {
    const session = c.get('session');
    const before = await session.get();
    await session.update({ ...before, [key]: value });
    c.set('isUpdated', true);
  },
  end: (c) => c.get('session').delete(),
};

/** @hono/session, with a storage at the server. */
const honoSessionStorageTarget: LoginTarget = {
  name: '@hono/session, with a storage',
  createServer(setup) {
    const stored = new Map<string, string>();
    const storage = {
      get: (id: string) => JSON.parse(stored.get(id) ?? 'null'),
      set(id: string, data: unknown) {
        stored.set(id, JSON.stringify(data));
      },
      delete(id: string) {
        stored.delete(id);
      },
    };
    return createApp(setup, honoSession, sessionBag, [
      useSessionStorage(storage),
      useSession({ secret }),
    ]);
  },
};

/** @hono/session, with a storage over a network: what is read is there before what has just been written. */
const honoSessionLateStorageTarget: LoginTarget = {
  name: '@hono/session, with a storage that writes late',
  createServer(setup) {
    const stored = new Map<string, string>();
    const storage = {
      get: (id: string) => JSON.parse(stored.get(id) ?? 'null'),
      async set(id: string, data: unknown) {
        await wait(20);
        stored.set(id, JSON.stringify(data));
      },
      async delete(id: string) {
        await wait(20);
        stored.delete(id);
      },
    };
    return createApp(setup, honoSession, sessionBag, [
      useSessionStorage(storage),
      useSession({ secret }),
    ]);
  },
};

/** @hono/session as it comes: the cookie is the session. */
const honoSessionCookieTarget: LoginTarget = {
  name: '@hono/session, without a storage',
  stateless: true,
  createServer: (setup) => createApp(setup, honoSession, sessionBag, [useSession({ secret })]),
};

/** The session libraries that the login cases run with. */
export const loginTargets: readonly LoginTarget[] = [
  honoSessionsMemoryTarget,
  honoSessionsCookieTarget,
  honoSessionStorageTarget,
  honoSessionCookieTarget,
];

/** The same libraries, set up otherwise: the matrix has no rows of their own for them. */
export const otherTargets: readonly LoginTarget[] = [honoSessionLateStorageTarget];

function createApp(
  setup: LoginSetup,
  library: SessionLibrary<Context>,
  bag: Bag,
  sessions: readonly MiddlewareHandler[],
): Server {
  const app = new Hono();
  app.use(trustedHeader(setup.options));
  for (const each of sessions) app.use(each);
  app.use(
    signIn({
      ...setup.signIn,
      session: library,
      otherLogin: (c) => setup.hasOtherLogin((key) => bag.get(c, key)),
    }),
  );
  app.all('/admin', requireRole('admin'), answer(setup, bag));
  app.all('/mine', requireUser(), answer(setup, bag));
  app.all('*', answer(setup, bag));
  const server = createAdaptorServer({ fetch: app.fetch });
  if (!(server instanceof Server)) throw new Error('expected a server for HTTP/1');
  return server;
}

function answer(setup: LoginSetup, bag: Bag): Handler {
  return async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const sight = await setup.answer({
      request: `${c.req.method} ${pathname}${search}`,
      user: () => c.var.user,
      get: (key) => bag.get(c, key),
      set: (key, value) => bag.set(c, key, value),
      endSession: () => bag.end(c),
      signOut: () => signOut(c),
      signInAgain: () => signInAgain(c),
    });
    return c.json(sight);
  };
}
