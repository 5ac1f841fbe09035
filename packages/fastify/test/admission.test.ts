import { once } from 'node:events';
import { request } from 'node:http';
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
