import { createServer } from 'node:http';
import type { LoginSetup, LoginTarget } from '@trusted-header/conformance';
import Koa, { type Context } from 'koa';
import session from 'koa-session';
import {
  koaSession,
  requireRole,
  requireUser,
  signIn,
  signInAgain,
  signOut,
  trustedHeader,
} from '../src/index.js';

/** koa-session, with a store at the server. */
const koaSessionStoreTarget: LoginTarget = {
  name: 'koa-session, with a store',
  createServer: (setup) => createApp(setup, { store: memoryStore() }),
};

/** koa-session as it comes: the cookie is the session. */
const koaSessionCookieTarget: LoginTarget = {
  name: 'koa-session, without a store',
  stateless: true,
  createServer: (setup) => createApp(setup, {}),
};

/** The session libraries that the login cases run with. */
export const loginTargets: readonly LoginTarget[] = [koaSessionStoreTarget, koaSessionCookieTarget];

function createApp(setup: LoginSetup, options: { store?: ReturnType<typeof memoryStore> }) {
  const app = new Koa({ proxy: true });
  app.silent = true;
  app.keys = ['a secret of this test and of nobody else'];
  app.use(trustedHeader(setup.options));
  app.use(session({ ...options }, app));
  app.use(
    signIn({
      ...setup.signIn,
      session: koaSession,
      otherLogin: (ctx) => setup.hasOtherLogin((key) => Reflect.get(bagOf(ctx), key)),
    }),
  );
  const requireAdmin = requireRole('admin');
  const requireAnybody = requireUser();
  app.use((ctx, next) => (ctx.path === '/admin' ? requireAdmin(ctx, next) : next()));
  app.use((ctx, next) => (ctx.path === '/mine' ? requireAnybody(ctx, next) : next()));
  app.use(async (ctx) => {
    ctx.body = await setup.answer({
      request: `${ctx.method} ${ctx.originalUrl}`,
      user: () => ctx.state.user,
      get: (key) => Reflect.get(bagOf(ctx), key),
      set: (key, value) => Reflect.set(bagOf(ctx), key, value),
      endSession: () => Reflect.set(ctx, 'session', null),
      signOut: () => signOut(ctx),
      signInAgain: () => signInAgain(ctx),
    });
  });
  return createServer(app.callback());
}

function bagOf(ctx: Context): object {
  const bag: unknown = Reflect.get(ctx, 'session');
  if (typeof bag !== 'object' || bag === null) throw new Error('there is no session');
  return bag;
}

/** Everything goes through JSON, as in Redis. */
function memoryStore() {
  const sessions = new Map<string, string>();
  return {
    get: async (id: string): Promise<unknown> => {
      const text = sessions.get(id);
      return text === undefined ? undefined : JSON.parse(text);
    },
    set: async (id: string, data: unknown) => {
      sessions.set(id, JSON.stringify(data));
    },
    destroy: async (id: string) => {
      sessions.delete(id);
    },
  };
}
