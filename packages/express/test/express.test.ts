import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type Authenticator,
  ConfigError,
  createAuthenticator,
  refusalOf,
} from '@trusted-header/core';
import { factsFromRequest, rejectUpgrade, stripHeaders } from '@trusted-header/node';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { requireIdentity, trustedHeader } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Serves an app on a free port and sends it one request. */
async function visit(
  server: Server,
  headers: Record<string, string>,
  localAddress = '127.0.0.1',
  method = 'GET',
  path = '/',
): Promise<Answer> {
  const port = await listen(server);
  const where = { host: '127.0.0.1', port, path, localAddress, agent: false };
  const req = request({ ...where, method, headers }).end();
  const [event] = await Promise.race([
    once(req, 'response'),
    once(req, 'upgrade').then(([res]) => [res.socket.destroy() && res]),
  ]);
  let body = '';
  if (event.statusCode !== 101) for await (const chunk of event) body += chunk;
  return { status: event.statusCode, body };
}

function appWith(...middleware: RequestHandler[]): Server {
  const app = express().set('env', 'test');
  for (const each of middleware) app.use(each);
  app.use((req, res) => {
    res.send(req.identity?.user ?? 'nobody');
  });
  return createServer(app);
}

describe('trustedHeader for Express', () => {
  it('keeps what another site asks for from whoever a bare next() leads to', async () => {
    const onward: ErrorRequestHandler = (_error, _req, _res, next) => next();
    const whose: RequestHandler = (req, res) => {
      res.json([req.identity?.user, req.decision?.kind]);
    };
    const app = express().set('env', 'test');
    app.use(
      trustedHeader({
        ...options,
        sameOrigin: 'unsafe',
        onRefusal: (refusal, _req, _res, next) => next(refusal),
      }),
      onward,
    );
    app.use('/free', whose);
    app.use(requireIdentity(), whose);
    const ask = (path: string, headers: Record<string, string>, method: string) =>
      visit(createServer(app), { ...headers, 'Remote-User': 'john' }, '127.0.0.1', method, path);
    const other = { Origin: 'https://evil.test' };
    expect((await ask('/', other, 'POST')).status).toBe(403);
    expect((await ask('/free', other, 'POST')).body).toBe('[null,"refused"]');
    expect((await ask('/', other, 'GET')).body).toBe('["john","authenticated"]');
    expect((await ask('/', {}, 'POST')).body).toBe('["john","authenticated"]');
  });

  it('decides each of two for itself, from what came over the wire', async () => {
    const first = {
      ...options,
      trustedProxies: '127.0.0.9',
      untrusted: 'ignore',
      anonymous: 'allow',
    } as const;
    const app = (): Server => appWith(trustedHeader(first), trustedHeader(options));
    expect(await visit(app(), { 'Remote-User': 'john' })).toEqual({ status: 200, body: 'john' });
    expect((await visit(app(), { 'Remote-User': 'john' }, '127.0.0.2')).status).toBe(403);
  });

  it.each([
    ['an identity', { identity: { user: 'mallory' } }],
    ['a decision', { decision: { kind: 'authenticated', identity: { user: 'mallory' } } }],
  ])('takes the place of %s that stands there already', async (_, written) => {
    const before: RequestHandler = (req, _res, next) => {
      Object.assign(req, written);
      next();
    };
    const told: RequestHandler = (req, res) => {
      res.json([req.identity?.user, req.decision?.kind]);
    };
    const nobody = trustedHeader({ ...options, anonymous: 'allow' });
    expect((await visit(appWith(before, nobody, told), {})).body).toBe('[null,"anonymous"]');
    const john = await visit(appWith(before, trustedHeader(options), told), {
      'Remote-User': 'john',
    });
    expect(john.body).toBe('["john","authenticated"]');
  });

  it('takes a ready authenticator, bare or with a mode', async () => {
    const authenticator = createAuthenticator(options);
    expect((await visit(appWith(trustedHeader(authenticator)), {})).status).toBe(401);
    const open = appWith(trustedHeader({ authenticator, anonymous: 'allow' }));
    expect(await visit(open, {})).toEqual({ status: 200, body: 'nobody' });
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

describe('requireIdentity for Express', () => {
  it('fails, and does not let in, where trustedHeader is missing', async () => {
    const errors: string[] = [];
    const app = express();
    app.use(requireIdentity(), (_req, res) => {
      res.send('in');
    });
    app.use(
      (error: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) => {
        errors.push(error.message);
        res.status(500).send('error');
      },
    );
    expect(await visit(createServer(app), { 'Remote-User': 'john' })).toEqual({
      status: 500,
      body: 'error',
    });
    expect(errors).toEqual([
      'requireIdentity() found no decision: call app.use(trustedHeader(…)) before it',
    ]);
  });
});

describe('requireIdentity for Express behind another library', () => {
  it.each([
    { conclusion: 'ALLOW' },
    { kind: 'authenticated', identity: { user: 'root', groups: ['admin'] } },
    { kind: 'anonymous', trusted: true },
    null,
  ])(
    'asks what was decided, not what a later middleware has written over it: %j',
    async (written) => {
      const app = (): Server =>
        appWith(
          trustedHeader({ ...options, anonymous: 'allow' }),
          (req, _res, next) => {
            Object.assign(req, {
              decision: written,
              identity: { user: 'root', groups: ['admin'] },
            });
            next();
          },
          requireIdentity({ groups: { anyOf: ['admin'] } }),
        );
      expect((await visit(app(), {})).status).toBe(401);
      expect((await visit(app(), { 'Remote-User': 'john' })).status).toBe(403);
      const admin = { 'Remote-User': 'ann', 'Remote-Groups': 'admin' };
      expect((await visit(app(), admin)).status).toBe(200);
    },
  );
});

describe('upgrades beside Express', () => {
  it.each([
    ['127.0.0.1', { 'Remote-User': 'john' }, 101, 'the proxy'],
    ['127.0.0.2', { 'Remote-User': 'john' }, 403, 'a stranger'],
    ['127.0.0.1', {}, 401, 'nobody'],
  ])('from %s with %j are answered with %d: %s', async (peer, identity, status, _why) => {
    const authenticator = createAuthenticator(options);
    const server = appWith(trustedHeader(authenticator));
    server.on('upgrade', (req, socket) => {
      const decision = authenticator.authenticate(factsFromRequest(req));
      stripHeaders(req, authenticator);
      const refusal = refusalOf(decision, 'refuse');
      if (refusal) return rejectUpgrade(socket, refusal);
      expect(req.headers).not.toHaveProperty('remote-user');
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n',
      );
    });
    const headers = { ...identity, connection: 'Upgrade', upgrade: 'test' };
    expect((await visit(server, headers, peer)).status).toBe(status);
  });
});
