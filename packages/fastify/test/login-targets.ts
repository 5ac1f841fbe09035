import cookie from '@fastify/cookie';
import secureSession from '@fastify/secure-session';
import session from '@fastify/session';
import type { LoginSetup, LoginTarget } from '@trusted-header/conformance';
import type { SessionLibrary } from '@trusted-header/login';
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type RouteHandlerMethod,
} from 'fastify';
import {
  fastifySecureSession,
  fastifySession,
  requireRole,
  requireUser,
  signIn,
  signInAgain,
  signOut,
  trustedHeader,
} from '../src/index.js';

const secret = 'a secret of this test and of nobody else';

/** @fastify/session, with its store in memory. */
const fastifySessionTarget: LoginTarget = {
  name: '@fastify/session',
  createServer: (setup) =>
    createApp(setup, fastifySession, async (app) => {
      await app.register(cookie);
      await app.register(session, { secret, cookie: { secure: false }, saveUninitialized: false });
    }),
};

/** @fastify/secure-session: the cookie is the session. */
const fastifySecureSessionTarget: LoginTarget = {
  name: '@fastify/secure-session',
  stateless: true,
  createServer: (setup) =>
    createApp(setup, fastifySecureSession, async (app) => {
      await app.register(secureSession, { key: Buffer.alloc(32, 7), cookie: { path: '/' } });
    }),
};

/** @fastify/session as the README has it: nobody tells Fastify of the proxy, whose requests are plain HTTP to it. */
const readmeTarget: LoginTarget = {
  name: '@fastify/session, as in the README',
  createServer: (setup) =>
    createApp(setup, fastifySession, addReadmeSessions, { trustProxy: false }),
};

async function addReadmeSessions(app: FastifyInstance) {
  await app.register(cookie);
  await app.register(session, { secret, cookie: { secure: 'auto' } });
}

/** The session libraries that the login cases run with. */
export const loginTargets: readonly LoginTarget[] = [
  fastifySessionTarget,
  fastifySecureSessionTarget,
];

/** The same libraries, set up otherwise: the matrix has no rows of their own for them. */
export const otherTargets: readonly LoginTarget[] = [readmeTarget];

async function createApp(
  setup: LoginSetup,
  library: SessionLibrary<FastifyRequest>,
  addSessions: (app: FastifyInstance) => Promise<void>,
  { trustProxy } = { trustProxy: true },
) {
  const app = Fastify({ trustProxy });
  await app.register(trustedHeader, setup.options);
  await addSessions(app);
  const otherLogin = (request: FastifyRequest) => setup.hasOtherLogin(bagOf(request).get);
  await app.register(signIn, { ...setup.signIn, session: library, otherLogin });
  app.all('/admin', { preHandler: requireRole('admin') }, answer(setup));
  app.all('/mine', { preHandler: requireUser() }, answer(setup));
  app.all('/*', answer(setup));
  await app.ready();
  return app.server;
}

function answer(setup: LoginSetup): RouteHandlerMethod {
  return (request) =>
    setup.answer({
      request: `${request.method} ${request.originalUrl}`,
      user: () => request.user,
      get: (key) => bagOf(request).get(key),
      set: (key, value) => bagOf(request).set(key, value),
      endSession: () => bagOf(request).end(),
      signOut: () => signOut(request),
      signInAgain: () => signInAgain(request),
    });
}

/** Both libraries have methods of the same names, but for the end, and types of their own for the same property. */
function bagOf(request: FastifyRequest) {
  const bag: unknown = Reflect.get(request, 'session');
  if (typeof bag !== 'object' || bag === null) throw new Error('there is no session');
  return {
    get: (key: string): unknown => Reflect.get(bag, 'get').call(bag, key),
    set: (key: string, value: unknown): unknown => Reflect.get(bag, 'set').call(bag, key, value),
    end: (): unknown => (Reflect.get(bag, 'destroy') ?? Reflect.get(bag, 'delete')).call(bag),
  };
}
