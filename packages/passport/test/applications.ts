import type { Server } from 'node:http';
import { PassThrough } from 'node:stream';
import fastifyCookie from '@fastify/cookie';
import { Authenticator as FastifyPassport } from '@fastify/passport';
import fastifySession from '@fastify/session';
import { trustedHeader as trustedHeaderOfExpress } from '@trusted-header/express';
import { trustedHeader as trustedHeaderOfFastify } from '@trusted-header/fastify';
import { trustedHeader as trustedHeaderOfKoa } from '@trusted-header/koa';
import express, { type ErrorRequestHandler } from 'express';
import expressSession from 'express-session';
import Fastify from 'fastify';
import Koa from 'koa';
import koaPassport from 'koa-passport';
import koaSession from 'koa-session';
import passport from 'passport';
import { type StrategyOptions, TrustedHeaderStrategy } from '../src/index.js';

export interface User {
  readonly name: string;
}

/** Whom a request was made by, in the eyes of its handler, and what its session has counted. */
export interface Seen {
  readonly user: string | null;
  readonly count: number;
}

export interface ApplicationOptions {
  /** Of `passport.authenticate`. */
  readonly authenticate?: { readonly session?: false; readonly keepSessionInfo?: true };
  /** Of the strategy. */
  readonly strategy?: Pick<StrategyOptions, 'otherLogin'>;
  readonly isDown?: () => boolean;
}

export interface Application {
  readonly server: Server;
  close(): unknown;
}

const SECRET = 'a secret of these tests, of more than 32 characters';
const TRUST = {
  trustedProxies: '127.0.0.1',
  anonymous: 'allow',
  open: ['/healthz'],
  log: false,
} as const;

function createStrategy({ strategy = {}, isDown }: ApplicationOptions): TrustedHeaderStrategy {
  return new TrustedHeaderStrategy(strategy, ({ user }, done) => {
    if (isDown?.()) done(new Error('no connection'));
    else done(null, user === 'mallory' ? false : { name: user });
  });
}

/** An answer that has begun and does not end: events, a long download. */
function endless(): PassThrough {
  const stream = new PassThrough();
  stream.write('data: hello\n\n');
  return stream;
}

/** What an error page could tell of whoever was there before. */
function seenByErrorPage(user: unknown, session: object): Seen {
  return { user: nameOf(user), count: Number(Reflect.get(session, 'count') ?? 0) };
}

/** Counts the requests of a session, as data that belongs to one person. */
function count(session: object): number {
  const counted = Number(Reflect.get(session, 'count') ?? 0) + 1;
  Reflect.set(session, 'count', counted);
  return counted;
}

function nameOf(user: unknown): string | null {
  const name: unknown = typeof user === 'object' && user !== null && Reflect.get(user, 'name');
  return typeof name === 'string' ? name : null;
}

export async function startExpress(options: ApplicationOptions): Promise<Application> {
  const instance = new passport.Passport();
  instance.use(createStrategy(options));
  instance.serializeUser((user, done) => done(null, nameOf(user)));
  instance.deserializeUser((name, done) => done(null, { name: String(name) }));
  const app = express();
  app.set('trust proxy', true);
  app.use(trustedHeaderOfExpress(TRUST));
  app.use(expressSession({ secret: SECRET, resave: false, saveUninitialized: false }));
  app.use(instance.session());
  // Another login of the application: whoever knows the password is carol.
  app.get('/password', (req, res, next) => {
    req.logIn({ name: 'carol' }, (error) => {
      Reflect.set(req.session, 'login', 'password');
      return error ? next(error) : res.json({});
    });
  });
  app.use(instance.authenticate('trusted-header', options.authenticate ?? {}));
  app.get('/events', (_req, res) => void endless().pipe(res));
  app.use((req, res) => {
    const counted = req.path === '/healthz' ? 0 : count(req.session);
    res.json({ user: nameOf(req.user), count: counted } satisfies Seen);
  });
  const errorPage: ErrorRequestHandler = (_error, req, res, _next) => {
    res.status(500).json(seenByErrorPage(req.user, req.session));
  };
  app.use(errorPage);
  return listening(app.listen(0, '127.0.0.1'));
}

export async function startFastify(options: ApplicationOptions): Promise<Application> {
  const instance = new FastifyPassport();
  instance.use(createStrategy(options));
  instance.registerUserSerializer(async (user) => nameOf(user));
  instance.registerUserDeserializer(async (name) => ({ name: String(name) }));
  const app = Fastify();
  await app.register(trustedHeaderOfFastify, TRUST);
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    secret: SECRET,
    saveUninitialized: false,
    cookie: { secure: false },
  });
  await app.register(instance.initialize());
  await app.register(instance.secureSession());
  const authenticate = instance.authenticate('trusted-header', options.authenticate ?? {});
  app.get('/password', async (request) => {
    await request.logIn({ name: 'carol' });
    Reflect.set(request.session, 'login', 'password');
    return {};
  });
  app.setErrorHandler((_error, request, reply) => {
    reply.code(500).send(seenByErrorPage(request.user, request.session));
  });
  app.get('/events', { preValidation: authenticate }, (_request, reply) => reply.send(endless()));
  app.get('*', { preValidation: authenticate }, (request): Seen => {
    const counted = request.url === '/healthz' ? 0 : count(request.session);
    return { user: nameOf(request.user), count: counted };
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { server: app.server, close: () => app.close() };
}

export async function startKoa(options: ApplicationOptions): Promise<Application> {
  const instance = new koaPassport.KoaPassport();
  instance.use(createStrategy(options));
  instance.serializeUser((user, done) => done(null, nameOf(user)));
  instance.deserializeUser((name, done) => done(null, { name: String(name) }));
  const stored = new Map<string, unknown>();
  const app = new Koa();
  app.keys = [SECRET];
  app.use(trustedHeaderOfKoa(TRUST));
  const store = {
    get: async (key: string) => stored.get(key),
    set: async (key: string, value: unknown) => void stored.set(key, structuredClone(value)),
    destroy: async (key: string) => void stored.delete(key),
  };
  app.use(koaSession({ store }, app));
  app.use(instance.initialize());
  app.use(instance.session());
  app.use(async (ctx, next) => {
    try {
      await next();
    } catch {
      ctx.status = 500;
      ctx.body = seenByErrorPage(ctx.state.user, Reflect.get(ctx, 'session'));
    }
  });
  app.use(async (ctx, next) => {
    if (ctx.path !== '/password') return next();
    await Reflect.apply(Reflect.get(ctx, 'logIn'), ctx, [{ name: 'carol' }, {}]);
    Reflect.set(Reflect.get(ctx, 'session'), 'login', 'password');
    ctx.body = {};
  });
  app.use(instance.authenticate('trusted-header', options.authenticate ?? {}));
  app.use((ctx) => {
    if (ctx.path === '/events') {
      ctx.body = endless();
      return;
    }
    const counted = ctx.path === '/healthz' ? 0 : count(Reflect.get(ctx, 'session'));
    ctx.body = { user: nameOf(ctx.state.user), count: counted } satisfies Seen;
  });
  app.on('error', () => undefined);
  return listening(app.listen(0, '127.0.0.1'));
}

async function listening(server: Server): Promise<Application> {
  if (!server.listening) await new Promise((done) => server.once('listening', done));
  return { server, close: () => new Promise((done) => server.close(done)) };
}
