import { createServer } from 'node:http';
import { koaSession, signIn, trustedHeader } from '@trusted-header/koa';
import Koa from 'koa';
import koaSessions from 'koa-session';
import { isProxy, readUser } from './by-hand.js';
import { LOGIN, OPTIONS, remember, SECRET } from './login.js';
import type { MakeServer } from './middles.js';

export const makeKoa: MakeServer = async (middle) => {
  const app = new Koa();
  app.keys = [SECRET];
  switch (middle) {
    case 'nothing':
      break;
    case 'no-op':
      app.use((_ctx, next) => next());
      break;
    case 'by hand':
      app.use((ctx, next) => {
        const user = isProxy(ctx.req.socket.remoteAddress) && readUser((name) => ctx.get(name));
        if (!user) return ctx.throw(403);
        ctx.state['user'] = user;
        return next();
      });
      break;
    case 'ours':
      app.use(trustedHeader(OPTIONS));
      break;
    case 'session':
      app.use(koaSessions({ store: memoryStore() }, app)).use((ctx, next) => {
        remember(Reflect.get(ctx, 'session'));
        return next();
      });
      break;
    case 'signed in':
      app.use(trustedHeader(OPTIONS)).use(koaSessions({ store: memoryStore() }, app));
      app.use(signIn({ ...LOGIN, session: koaSession }));
      break;
  }
  app.use((ctx) => {
    ctx.body = { hello: 'world' };
  });
  return createServer(app.callback());
};

/** The store that koa-session comes without. */
function memoryStore() {
  const sessions = new Map<string, object>();
  return {
    get: async (id: string) => sessions.get(id),
    async set(id: string, session: object) {
      sessions.set(id, session);
    },
    async destroy(id: string) {
      sessions.delete(id);
    },
  };
}
