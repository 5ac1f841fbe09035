import { createServer, type Server } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifySessions from '@fastify/session';
import { createAdaptorServer } from '@hono/node-server';
import * as forExpress from '@trusted-header/express';
import * as forFastify from '@trusted-header/fastify';
import * as forHono from '@trusted-header/hono';
import * as forKoa from '@trusted-header/koa';
import { defineLogin } from '@trusted-header/login';
import express from 'express';
import expressSessions from 'express-session';
import fastify from 'fastify';
import { Hono } from 'hono';
import { MemoryStore, type Session, sessionMiddleware } from 'hono-sessions';
import Koa from 'koa';
import koaSessions from 'koa-session';

/** A session library alone, which remembers a user; or with us before it, and `signIn` behind it. */
export type LoginMiddle = 'session' | 'signed in';

const OPTIONS = { trustedProxies: '127.0.0.1', log: false } as const;
const LOGIN = defineLogin({ find: ({ user }) => ({ name: user }), ttlSeconds: 60 });
const SECRET = 'a secret of this benchmark and of nobody else';
const COOKIE = { secure: false } as const;

/** Makes a server of each framework with sessions in memory, which does not listen yet. Its handler answers as the bare one. */
export const SIGNED_IN: Readonly<Record<string, (middle: LoginMiddle) => Promise<Server>>> = {
  async Hono(middle) {
    const app = new Hono<{ Variables: { session: Session<{ user: string }> } }>();
    const sessions = sessionMiddleware({
      store: new MemoryStore(),
      encryptionKey: SECRET,
      cookieOptions: COOKIE,
    });
    if (middle === 'signed in') {
      app.use(forHono.trustedHeader(OPTIONS), sessions);
      app.use(forHono.signIn({ ...LOGIN, session: forHono.honoSessions }));
    } else {
      app.use(sessions, (c, next) => {
        const session = c.get('session');
        if (session.get('user') === null) session.set('user', 'user7');
        return next();
      });
    }
    app.get('/', (c) => c.json({ hello: 'world' }));
    const server = createAdaptorServer({ fetch: app.fetch, createServer });
    if (!('maxHeadersCount' in server)) throw new Error('an HTTP/1 server is wanted');
    return server;
  },
  async Koa(middle) {
    const app = new Koa();
    app.keys = [SECRET];
    const sessions = koaSessions({ store: koaStore() }, app);
    if (middle === 'signed in') {
      app.use(forKoa.trustedHeader(OPTIONS)).use(sessions);
      app.use(forKoa.signIn({ ...LOGIN, session: forKoa.koaSession }));
    } else {
      app.use(sessions).use((ctx, next) => {
        remember(Reflect.get(ctx, 'session'));
        return next();
      });
    }
    app.use((ctx) => {
      ctx.body = { hello: 'world' };
    });
    return createServer(app.callback());
  },
  async Express(middle) {
    const app = express();
    const sessions = expressSessions({ secret: SECRET, resave: false, saveUninitialized: false });
    if (middle === 'signed in') {
      app.use(forExpress.trustedHeader(OPTIONS), sessions);
      app.use(forExpress.signIn({ ...LOGIN, session: forExpress.expressSession }));
    } else {
      app.use(sessions, (req, _res, next) => {
        remember(req.session);
        next();
      });
    }
    app.get('/', (_req, res) => {
      res.json({ hello: 'world' });
    });
    return createServer(app);
  },
  async Fastify(middle) {
    const app = fastify();
    if (middle === 'signed in') await app.register(forFastify.trustedHeader, OPTIONS);
    await app.register(fastifyCookie);
    await app.register(fastifySessions, {
      secret: SECRET,
      cookie: COOKIE,
      saveUninitialized: false,
      rolling: false,
    });
    if (middle === 'signed in') {
      await app.register(forFastify.signIn, { ...LOGIN, session: forFastify.fastifySession });
    } else {
      app.addHook('onRequest', async (request) => remember(request.session));
    }
    app.get('/', () => ({ hello: 'world' }));
    await app.ready();
    return app.server;
  },
};

/** What a login of the application's own does once. */
function remember(session: unknown): void {
  if (typeof session !== 'object' || session === null) throw new Error('there is no session');
  if (!Reflect.has(session, 'user')) Reflect.set(session, 'user', 'user7');
}

/** The store that koa-session comes without. */
function koaStore() {
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
