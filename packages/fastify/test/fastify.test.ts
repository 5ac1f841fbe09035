import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import websocket from '@fastify/websocket';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Authenticator, ConfigError, createAuthenticator } from '@trusted-header/core';
import Fastify, { type FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { requireIdentity, trustedHeader } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const apps: FastifyInstance[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

async function listen(app: FastifyInstance): Promise<number> {
  apps.push(app);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function visit(
  port: number,
  path: string,
  headers: Record<string, string>,
  localAddress = '127.0.0.1',
): Promise<Answer> {
  const req = request({ host: '127.0.0.1', port, path, headers, localAddress, agent: false }).end();
  const [res] = await once(req, 'response');
  let body = '';
  for await (const chunk of res) body += chunk;
  return { status: res.statusCode, body };
}

const user = { 'Remote-User': 'john' };

describe('trustedHeader for Fastify', () => {
  it('holds for its own scope and those below it', async () => {
    const app = Fastify();
    app.get('/before', () => 'open');
    app.register(async (scope) => {
      await scope.register(trustedHeader, options);
      scope.get('/in', (request) => request.identity?.user);
      scope.register(async (inner) => {
        inner.get('/below', (request) => request.identity?.user);
      });
    });
    const port = await listen(app);
    expect((await visit(port, '/before', {})).body).toBe('open');
    expect((await visit(port, '/in', {})).status).toBe(401);
    expect((await visit(port, '/below', {})).status).toBe(401);
    expect((await visit(port, '/below', user)).body).toBe('john');
    expect((await visit(port, '/below', user, '127.0.0.2')).status).toBe(403);
  });

  it('decides each of two scopes for itself, from what came over the wire', async () => {
    const app = Fastify();
    await app.register(trustedHeader, {
      ...options,
      trustedProxies: '127.0.0.9',
      untrusted: 'ignore',
      anonymous: 'allow',
    });
    app.get('/outer', (request) => request.identity?.user ?? 'nobody');
    app.register(async (scope) => {
      await scope.register(trustedHeader, options);
      scope.get('/inner', (request) => request.identity?.user);
    });
    const port = await listen(app);
    expect((await visit(port, '/outer', user)).body).toBe('nobody');
    expect((await visit(port, '/inner', user)).body).toBe('john');
  });

  it('decides unknown routes of its scope, too', async () => {
    const app = Fastify();
    await app.register(trustedHeader, options);
    const port = await listen(app);
    expect((await visit(port, '/nowhere', {})).status).toBe(401);
    expect((await visit(port, '/nowhere', user)).status).toBe(404);
  });

  it('takes a ready authenticator, bare or with a mode', async () => {
    const authenticator = createAuthenticator(options);
    const bare = Fastify();
    await bare.register(trustedHeader, authenticator);
    bare.get('/', () => 'in');
    expect((await visit(await listen(bare), '/', {})).status).toBe(401);
    const open = Fastify();
    await open.register(trustedHeader, { authenticator, anonymous: 'allow' });
    open.get('/', () => 'in');
    expect((await visit(await listen(open), '/', {})).status).toBe(200);
  });

  it('has no peer in inject(), whatever it is told', () => {
    // In a process of its own: jest cannot load what inject() needs.
    const script = `
      import Fastify from 'fastify';
      import { trustedHeader } from '@trusted-header/fastify';
      const app = Fastify();
      await app.register(trustedHeader, { trustedProxies: '127.0.0.1', log: false });
      app.get('/', () => 'in');
      const headers = { 'Remote-User': 'john' };
      const answer = await app.inject({ url: '/', headers, remoteAddress: '127.0.0.1' });
      console.log(answer.statusCode, answer.json().code);
    `;
    const cwd = new URL('..', import.meta.url).pathname;
    const args = ['--input-type=module', '--eval', script];
    expect(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })).toBe(
      '403 peer-unknown\n',
    );
  });

  it.each([
    [
      'a copy of one that answers later',
      (it: Authenticator) => ({ ...it, authenticate: async () => it }),
    ],
    ['passport, which has such a method', () => ({ authenticate: () => () => undefined })],
  ])('takes nothing for an authenticator that is none: %s', async (_, make) => {
    const given = make(createAuthenticator(options));
    const register = async (value: unknown): Promise<unknown> => {
      const app = Fastify();
      return Reflect.apply(app.register, app, [trustedHeader, value]);
    };
    await expect(register(given)).rejects.toThrow(ConfigError);
    await expect(register({ authenticator: given })).rejects.toThrow(ConfigError);
  });

  it('fails at registration for a bad list, naming it', async () => {
    const app = Fastify();
    await expect(async () => app.register(trustedHeader, { trustedProxies: '' })).rejects.toThrow(
      'trustedProxies',
    );
  });
});

describe('requireIdentity for Fastify', () => {
  it.each([
    { conclusion: 'ALLOW' },
    { kind: 'authenticated', identity: { user: 'root', groups: ['admin'] } },
    { kind: 'anonymous', trusted: true },
    null,
  ])(
    'asks what was decided, not what a later middleware has written over it: %j',
    async (written) => {
      const app = Fastify();
      await app.register(trustedHeader, { ...options, anonymous: 'allow' });
      app.addHook('onRequest', async (request) => {
        Object.assign(request, {
          decision: written,
          identity: { user: 'root', groups: ['admin'] },
        });
        Object.assign(request.raw, { decision: written });
      });
      const preHandler = requireIdentity({ groups: { anyOf: ['admin'] } });
      app.get('/', { preHandler }, () => 'in');
      const port = await listen(app);
      expect((await visit(port, '/', {})).status).toBe(401);
      expect((await visit(port, '/', user)).status).toBe(403);
      expect((await visit(port, '/', { ...user, 'Remote-Groups': 'admin' })).status).toBe(200);
    },
  );

  it('fails, and does not let in, where trustedHeader is missing', async () => {
    const app = Fastify();
    app.get('/', { preHandler: requireIdentity() }, () => 'in');
    expect((await visit(await listen(app), '/', user)).status).toBe(500);
  });
});

describe('WebSocket routes of @fastify/websocket', () => {
  it('are decided before the upgrade', async () => {
    const app = Fastify();
    await app.register(websocket);
    await app.register(trustedHeader, options);
    app.get('/live', { websocket: true }, (socket, request) => {
      socket.send(`${request.identity?.user} ${request.headers['remote-user']}`);
    });
    const port = await listen(app);
    const open = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers: user });
    const [message] = await once(open, 'message');
    expect(String(message)).toBe('john undefined');
    open.terminate();
    for (const [localAddress, headers, status] of [
      ['127.0.0.2', user, '403'],
      ['127.0.0.1', {}, '401'],
    ] as const) {
      const refused = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers, localAddress });
      const [error] = await once(refused, 'error');
      expect(String(error)).toContain(status);
    }
  });
});
