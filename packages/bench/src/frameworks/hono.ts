import { createServer } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { honoSessions, signIn, trustedHeader } from '@trusted-header/hono';
import { Hono } from 'hono';
import { MemoryStore, type Session, sessionMiddleware } from 'hono-sessions';
import { type HandMadeUser, isProxy, readUser } from './by-hand.js';
import { COOKIE, LOGIN, OPTIONS, SECRET } from './login.js';
import type { MakeServer } from './middles.js';

interface Variables {
  user: HandMadeUser;
  session: Session<{ user: string }>;
}

export const makeHono: MakeServer = async (middle) => {
  const app = new Hono<{ Variables: Variables }>();
  switch (middle) {
    case 'nothing':
      break;
    case 'no-op':
      app.use((_c, next) => next());
      break;
    case 'by hand':
      app.use(async (c, next) => {
        if (!isProxy(getConnInfo(c).remote.address)) return c.text('Forbidden', 403);
        const user = readUser((name) => c.req.header(name));
        if (!user) return c.text('Forbidden', 403);
        c.set('user', user);
        return next();
      });
      break;
    case 'ours':
      app.use(trustedHeader(OPTIONS));
      break;
    case 'session':
      app.use(sessions(), (c, next) => {
        const session = c.get('session');
        if (session.get('user') === null) session.set('user', 'user7');
        return next();
      });
      break;
    case 'signed in':
      app.use(trustedHeader(OPTIONS), sessions(), signIn({ ...LOGIN, session: honoSessions }));
      break;
  }
  app.get('/', (c) => c.json({ hello: 'world' }));
  const server = createAdaptorServer({ fetch: app.fetch, createServer });
  if (!('maxHeadersCount' in server)) throw new Error('an HTTP/1 server is wanted');
  return server;
};

function sessions() {
  return sessionMiddleware({
    store: new MemoryStore(),
    encryptionKey: SECRET,
    cookieOptions: COOKIE,
  });
}
