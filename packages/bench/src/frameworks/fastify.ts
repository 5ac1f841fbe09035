import fastifyCookie from '@fastify/cookie';
import fastifySessions from '@fastify/session';
import { fastifySession, signIn, trustedHeader } from '@trusted-header/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import { type HandMadeUser, isProxy, readUser } from './by-hand.js';
import { COOKIE, LOGIN, OPTIONS, remember, SECRET } from './login.js';
import type { MakeServer } from './middles.js';

declare module 'fastify' {
  interface FastifyRequest {
    handMadeUser: HandMadeUser | undefined;
  }
}

export const makeFastify: MakeServer = async (middle) => {
  const app = fastify();
  switch (middle) {
    case 'nothing':
      break;
    case 'no-op':
      app.addHook('onRequest', (_request, _reply, done) => done());
      break;
    case 'by hand':
      app.decorateRequest('handMadeUser');
      app.addHook('onRequest', (request, reply, done) => {
        const user =
          isProxy(request.socket.remoteAddress) && readUser((name) => text(request.headers[name]));
        if (!user) {
          reply.code(403).send();
          return;
        }
        request.handMadeUser = user;
        done();
      });
      break;
    case 'ours':
      await app.register(trustedHeader, OPTIONS);
      break;
    case 'session':
      await registerSessions(app);
      app.addHook('onRequest', async (request) => remember(request.session));
      break;
    case 'signed in':
      await app.register(trustedHeader, OPTIONS);
      await registerSessions(app);
      await app.register(signIn, { ...LOGIN, session: fastifySession });
      break;
  }
  app.get('/', () => ({ hello: 'world' }));
  await app.ready();
  return app.server;
};

function text(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function registerSessions(app: FastifyInstance): Promise<void> {
  await app.register(fastifyCookie);
  await app.register(fastifySessions, {
    secret: SECRET,
    cookie: COOKIE,
    saveUninitialized: false,
    rolling: false,
  });
}
