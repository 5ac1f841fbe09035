// Runs in an installed project: `node apps.mjs esm|cjs`. Applications whose adapter is of one copy of our packages, and whose
// guards, roles and authenticator are of the other, all in this process. Prints `{ express: port, … }`.
import { createServer } from 'node:http';
import Module, { createRequire } from 'node:module';

const [first] = process.argv.slice(2);
const require = createRequire(import.meta.url);

// Node itself would load the ES modules by require, too (A8). What is asked for by require is the CommonJS build here.
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => {
  const file = resolve(name, ...rest);
  return /[\\/]@trusted-header[\\/][^\\/]+[\\/]dist[\\/](?!cjs)/.test(file)
    ? file.replace(/([\\/]dist)([\\/].*)\.js$/, '$1/cjs$2.cjs')
    : file;
};

const byImport = (name) => import(`@trusted-header/${name}`);
const byRequire = async (name) => require(`@trusted-header/${name}`);
const [front, behind] = first === 'esm' ? [byImport, byRequire] : [byRequire, byImport];
const framework = async (name) => {
  const loaded = await import(name);
  return loaded.default ?? loaded;
};

const core = await behind('core');
if (core.createAuthenticator === (await front('core')).createAuthenticator)
  throw new Error('one copy');

const authenticator = core.createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
const ops = { groups: { anyOf: ['ops'] } };
const { defineRoles } = await behind('login');
const login = { find: ({ user }) => ({ name: user }), roles: defineRoles({ admin: 'ops' }) };

const apps = {
  express: inExpress,
  koa: inKoa,
  fastify: inFastify,
  hono: inHono,
  nestjs: inNest,
  'nestjs by use': inNestByUse,
  'express in front': inFront,
  nextjs: inNext,
};
const ports = {};
for (const [name, app] of Object.entries(apps))
  ports[name] = await app(await front(name.split(' ')[0]), await behind(name.split(' ')[0]));
console.log(JSON.stringify(ports));

async function inExpress(here, there) {
  const express = await framework('express');
  const app = express();
  app.get('/health', (_req, res) => void res.send('ok'));
  app.use(here.trustedHeader(authenticator));
  app.use(here.signIn(login));
  app.get('/', there.requireIdentity(), (req, res) => void res.send(req.identity.user));
  app.get('/admin', there.requireIdentity(ops), (req, res) => void res.send(req.identity.user));
  app.get('/role', there.requireRole('admin'), (req, res) => void res.send(req.user.name));
  app.get('/self', async (req, res) => res.send(await itself(req)));
  return listen(createServer(app));
}

/** The server itself is guarded by the other copy: it decides, and the middleware finds the decision. */
async function inFront(here) {
  const express = await framework('express');
  const app = express();
  const seen = [];
  const onDecision = ({ decision }) => void seen.push(decision.kind);
  const own = core.createAuthenticator({ trustedProxies: '127.0.0.1', log: false, onDecision });
  app.use(here.trustedHeader(own));
  app.get('/', (req, res) => void res.send(req.identity.user));
  app.get('/heard', (_req, res) => void res.send(seen.splice(0).join()));
  const server = createServer(app);
  (await behind('node')).guardServer(server, { authenticator: own });
  return listen(server);
}

async function inKoa(here, there) {
  const Koa = await framework('koa');
  const guards = {
    '/': there.requireIdentity(),
    '/admin': there.requireIdentity(ops),
    '/role': there.requireRole('admin'),
  };
  const app = new Koa();
  app.use(here.trustedHeader(authenticator));
  app.use(here.signIn(login));
  app.use((ctx, next) => guards[ctx.path]?.(ctx, next) ?? next());
  app.use(async (ctx) => {
    ctx.body = ctx.path === '/self' ? await itself(ctx.req) : (ctx.state.user?.name ?? 'nobody');
  });
  return listen(createServer(app.callback()));
}

async function inFastify(here, there) {
  const fastify = await framework('fastify');
  const app = fastify();
  await app.register(here.trustedHeader, { authenticator });
  await app.register(here.signIn, login);
  app.get('/', { preHandler: there.requireIdentity() }, (request) => request.identity.user);
  app.get('/admin', { preHandler: there.requireIdentity(ops) }, (request) => request.identity.user);
  app.get('/role', { preHandler: there.requireRole('admin') }, (request) => request.user.name);
  app.get('/self', (request) => itself(request.raw));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server.address().port;
}

async function inHono(here, there) {
  const { Hono } = await import('hono');
  const { getRequestListener } = await import('@hono/node-server');
  const app = new Hono();
  app.use(here.trustedHeader(authenticator));
  app.use(here.signIn(login));
  app.get('/', there.requireIdentity(), (c) => c.text(c.var.identity.user));
  app.get('/admin', there.requireIdentity(ops), (c) => c.text(c.var.identity.user));
  app.get('/role', there.requireRole('admin'), (c) => c.text(c.var.user.name));
  app.get('/self', async (c) => c.text(await itself(c.env.incoming)));
  return listen(createServer(getRequestListener(app.fetch)));
}

async function inNestByUse(here, there) {
  return inNest(here, there, false);
}

async function inNest(here, there, global = true) {
  await import('reflect-metadata');
  const { Controller, Get, Module: NestModule, Req, UseGuards } = await import('@nestjs/common');
  const { NestFactory } = await import('@nestjs/core');
  let lookups = 0;
  const find = ({ user }) => ({ name: user, lookup: ++lookups });
  class Home {}
  const route = (path, how, answer) => {
    Home.prototype[path] = answer;
    const descriptor = Object.getOwnPropertyDescriptor(Home.prototype, path);
    how.reading?.(Home.prototype, path, 0);
    for (const decorate of [...(how.marks ?? []), Get(path)])
      decorate(Home.prototype, path, descriptor);
    Object.defineProperty(Home.prototype, path, descriptor);
  };
  const asked = global ? [] : [UseGuards(there.TrustedHeaderGuard)];
  const [identity, user] = [there.CurrentIdentity(), there.CurrentUser()];
  route('/', { reading: identity, marks: asked }, (it) => it?.user);
  route('/open', { marks: [there.AllowAnonymous(), ...asked] }, () => 'open');
  route('/admin', { reading: identity, marks: [there.RequireGroups('ops')] }, (it) => it?.user);
  route('/role', { reading: user, marks: [there.RequireRole('admin')] }, (it) => it?.name);
  route('/me', { reading: user, marks: asked }, (it) => it?.name);
  route(
    '/lookup',
    { reading: user, marks: [there.RequireUser()] },
    (it) => it && String(lookups - it.lookup),
  );
  route('/self', { reading: Req(), marks: asked }, itself);
  Controller()(Home);
  class App {}
  NestModule({
    imports: [
      here.TrustedHeaderModule.forRoot({ authenticator, global, anonymous: maybe }),
      here.SignInModule.forRoot({ ...login, find }),
    ],
    controllers: [Home],
  })(App);
  const app = await NestFactory.create(App, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer().address().port;
}

/** Decides at the door, where there is no handler yet. */
function maybe(req) {
  return req.headers['x-guest'] === undefined ? 'refuse' : 'allow';
}

/** Without Next, whose readers are the same for the Pages API. */
async function inNext(here, there) {
  here.registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
  return listen(
    createServer(async (req, res) => {
      if (req.url === '/self') return res.end(await itself(req));
      const decision = await there.getDecision(req);
      if (decision.kind === 'refused') res.statusCode = 403;
      if (decision.kind === 'anonymous') res.statusCode = 401;
      res.end((await there.getIdentity(req))?.user);
    }),
  );
}

/** What the application answers itself, naming somebody. */
async function itself({ socket }) {
  const { status } = await fetch(`http://127.0.0.1:${socket.localPort}/`, {
    headers: { 'Remote-User': 'john' },
  });
  return String(status);
}

function listen(server) {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(server.address().port));
  });
}
