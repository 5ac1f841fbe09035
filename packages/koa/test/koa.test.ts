import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Authenticator, ConfigError, createAuthenticator } from '@trusted-header/core';
import Koa from 'koa';
import { requireIdentity, trustedHeader } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Serves an app on a free port and sends it one request. */
async function visit(
  app: Koa,
  headers: Record<string, string>,
  localAddress = '127.0.0.1',
): Promise<Answer> {
  const server = createServer(app.callback());
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers, localAddress, agent: false }, (res) => {
      let body = '';
      res.on('data', (chunk) => {
        body += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode, body }));
    })
      .on('error', reject)
      .end();
  });
}

function appWith(...middleware: Koa.Middleware[]): Koa {
  const app = new Koa();
  for (const each of middleware) app.use(each);
  app.use((ctx) => {
    ctx.body = ctx.state.identity?.user ?? 'nobody';
  });
  return app;
}

describe('trustedHeader for Koa', () => {
  it('decides each of two for itself, from what came over the wire', async () => {
    const app = appWith(
      trustedHeader({
        ...options,
        trustedProxies: '127.0.0.9',
        untrusted: 'ignore',
        anonymous: 'allow',
      }),
      trustedHeader(options),
    );
    expect(await visit(app, { 'Remote-User': 'john' })).toEqual({ status: 200, body: 'john' });
    expect((await visit(app, { 'Remote-User': 'john' }, '127.0.0.2')).status).toBe(403);
  });

  it('takes a ready authenticator, bare or with a mode', async () => {
    const authenticator = createAuthenticator(options);
    expect((await visit(appWith(trustedHeader(authenticator)), {})).status).toBe(401);
    expect(await visit(appWith(trustedHeader({ authenticator, anonymous: 'allow' })), {})).toEqual({
      status: 200,
      body: 'nobody',
    });
  });

  it.each([
    [
      'a copy of one that answers later',
      (it: Authenticator) => ({ ...it, authenticate: async () => it }),
    ],
    [
      'passport, which has such a method',
      () => ({ authenticate: () => () => undefined, use: () => undefined }),
    ],
  ])('takes nothing for an authenticator that is none: %s', (_, make) => {
    const given = make(createAuthenticator(options));
    expect(() => Reflect.apply(trustedHeader, undefined, [given])).toThrow(ConfigError);
    const within = { authenticator: given };
    expect(() => Reflect.apply(trustedHeader, undefined, [within])).toThrow(ConfigError);
  });

  it('throws at construction for a bad list or policy, naming it', () => {
    expect(() => trustedHeader({ trustedProxies: '' })).toThrow('trustedProxies');
    expect(() => Reflect.apply(requireIdentity, undefined, [{ group: 'admin' }])).toThrow(
      ConfigError,
    );
  });
});

describe('requireIdentity for Koa', () => {
  it.each([
    { conclusion: 'ALLOW' },
    { kind: 'authenticated', identity: { user: 'root', groups: ['admin'] } },
    { kind: 'anonymous', trusted: true },
    null,
  ])(
    'asks what was decided, not what a later middleware has written over it: %j',
    async (written) => {
      const app = appWith(
        trustedHeader({ ...options, anonymous: 'allow' }),
        (ctx, next) => {
          Object.assign(ctx.state, {
            decision: written,
            identity: { user: 'root', groups: ['admin'] },
          });
          return next();
        },
        requireIdentity({ groups: { anyOf: ['admin'] } }),
      );
      expect((await visit(app, {})).status).toBe(401);
      expect((await visit(app, { 'Remote-User': 'john' })).status).toBe(403);
      const admin = { 'Remote-User': 'ann', 'Remote-Groups': 'admin' };
      expect((await visit(app, admin)).status).toBe(200);
    },
  );

  it('fails, and does not let in, where trustedHeader is missing', async () => {
    const app = appWith(requireIdentity());
    const errors: string[] = [];
    app.on('error', (error: Error) => errors.push(error.message));
    expect(await visit(app, { 'Remote-User': 'john' })).toEqual({
      status: 500,
      body: 'Internal Server Error',
    });
    expect(errors).toEqual([
      'requireIdentity() found no decision: call app.use(trustedHeader(…)) before it',
    ]);
  });
});
