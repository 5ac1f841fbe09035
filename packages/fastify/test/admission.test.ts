import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { trustedHeader } from '../src/index.js';

const apps: FastifyInstance[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

async function listen(app: FastifyInstance): Promise<number> {
  apps.push(app);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function statusOf(
  port: number,
  path: string,
  { method = 'GET', headers = {} } = {},
): Promise<number> {
  const req = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end();
  const [res] = await once(req, 'response');
  res.resume();
  return res.statusCode;
}

it('stops a request of another origin at the door, tells of it once, and leaves no identity for hooks', async () => {
  const heard: string[] = [];
  const seen: string[] = [];
  const app = Fastify();
  await app.register(trustedHeader, {
    trustedProxies: '127.0.0.1',
    sameOrigin: 'unsafe',
    log: false,
    onDecision: ({ decision }) => heard.push(decision.kind),
  });
  app.addHook('onResponse', async ({ identity, decision }) => {
    seen.push(`${identity?.user} ${decision?.kind}`);
  });
  app.post('/', () => 'changed');
  const port = await listen(app);
  const headers = { 'Remote-User': 'alice', Origin: 'https://evil.test' };
  expect(await statusOf(port, '/', { method: 'POST', headers })).toBe(403);
  expect({ heard, seen }).toEqual({
    heard: ['authenticated', 'refused'],
    seen: ['undefined refused'],
  });
});

it('refuses one of another origin in a scope of its own, too', async () => {
  const seen: string[] = [];
  const app = Fastify();
  await app.register(async (scope) => {
    await scope.register(trustedHeader, {
      trustedProxies: '127.0.0.1',
      sameOrigin: 'unsafe',
      log: false,
    });
    scope.addHook('onResponse', async ({ identity, decision }) => {
      seen.push(`${identity?.user} ${decision.kind}`);
    });
    scope.post('/', () => 'changed');
  });
  const port = await listen(app);
  const headers = { 'Remote-User': 'alice', Origin: 'https://evil.test' };
  expect(await statusOf(port, '/', { method: 'POST', headers })).toBe(403);
  expect(await statusOf(port, '/', { method: 'POST' })).toBe(401);
  expect(seen).toEqual(['undefined refused', 'undefined anonymous']);
});

it('opens paths as the client wrote them, whatever rewriteUrl makes of them', async () => {
  const app = Fastify({ rewriteUrl: ({ url = '/' }) => url.replace(/^\/old/, '') });
  await app.register(trustedHeader, {
    trustedProxies: '127.0.0.1',
    open: ['/healthz', '/old/open'],
    log: false,
  });
  app.get('/healthz', () => 'ok');
  app.get('/open', () => 'ok');
  const port = await listen(app);
  expect([
    await statusOf(port, '/healthz'),
    await statusOf(port, '/old/open'),
    await statusOf(port, '/old/healthz'),
    await statusOf(port, '/open'),
  ]).toEqual([200, 200, 401, 401]);
});

it('asks a function about the request as Fastify has it', async () => {
  const app = Fastify();
  await app.register(trustedHeader, {
    trustedProxies: '127.0.0.1',
    anonymous: (request) => (request.method === 'GET' ? 'allow' : 'refuse'),
    log: false,
  });
  app.all('/', () => 'ok');
  const port = await listen(app);
  expect([await statusOf(port, '/'), await statusOf(port, '/', { method: 'POST' })]).toEqual([
    200, 401,
  ]);
});

it.each([
  ['refuse', 401],
  ['allow', 101],
  // There is no request of Fastify's that it could be asked about.
  [() => 'allow', 401],
] as const)(
  'hands the upgrade of nobody past Fastify as anonymous says: %p, %d',
  async (anonymous, status) => {
    const app = Fastify();
    await app.register(trustedHeader, { trustedProxies: '127.0.0.1', anonymous, log: false });
    app.server.on('upgrade', (_req, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n');
    });
    const port = await listen(app);
    const headers = { Connection: 'Upgrade', Upgrade: 'a' };
    const req = request({ host: '127.0.0.1', port, headers, agent: false }).end();
    const [res] = await Promise.race([once(req, 'response'), once(req, 'upgrade')]);
    res.socket.destroy();
    expect(res.statusCode).toBe(status);
  },
);

it('keeps nobody from what else listens to the server, which asks nobody, and serves Fastify’s own', async () => {
  const heard: unknown[] = [];
  const app = Fastify();
  await app.register(trustedHeader, {
    trustedProxies: '127.0.0.1',
    anonymous: (request) => (request.routeOptions.url === '/open' ? 'allow' : 'refuse'),
    log: false,
  });
  app.get('/open', () => 'ok');
  app.server.on('request', ({ url }) => heard.push(url));
  const port = await listen(app);
  expect([await statusOf(port, '/open'), await statusOf(port, '/else')]).toEqual([200, 401]);
  expect(heard).toEqual([]);
  expect(await statusOf(port, '/open', { headers: { 'Remote-User': 'alice' } })).toBe(200);
  expect(heard).toEqual(['/open']);
});

it('decides in its hook where a serverFactory makes no server of Node’s', async () => {
  const inner = createServer();
  const serverFactory = (handler: RequestListener) => {
    inner.on('request', handler);
    const other: object = Object.freeze({ on: () => other, once: () => other, off: () => other });
    return other;
  };
  const app: FastifyInstance = Reflect.apply(Fastify, undefined, [{ serverFactory }]);
  await app.register(trustedHeader, { trustedProxies: '127.0.0.1', log: false });
  app.get('/', () => 'in');
  await app.ready();
  inner.listen(0, '127.0.0.1');
  await once(inner, 'listening');
  const address = inner.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await statusOf(port, '/', { headers: { 'Remote-User': 'alice' } })).toBe(200);
  expect(await statusOf(port, '/', { headers: { Remote_User: 'alice' } })).toBe(403);
  expect(await statusOf(port, '/')).toBe(401);
  inner.closeAllConnections();
  inner.close();
});
