import { once } from 'node:events';
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { connect, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { guardServer } from '@trusted-header/node';
import express, { type Express, type Request, type RequestHandler } from 'express';
import express4 from 'express-4';
import { requireIdentity, requireUser, signIn, trustedHeader } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Sends requests of these users over one connection, all at once, and gives what the answers say of each. */
async function pipeline(server: Server, ...users: readonly string[]): Promise<unknown[]> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const socket = connect({ port, host: '127.0.0.1' });
  const last = users.length - 1;
  const lines = (user: string, i: number) =>
    `GET / HTTP/1.1\r\nHost: app\r\nRemote-User: ${user}\r\n${i === last ? 'Connection: close\r\n' : ''}\r\n`;
  socket.write(users.map(lines).join(''));
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  return Array.from(text.matchAll(/^\{.*\}/gm), ([body]) => JSON.parse(body));
}

/** What is shown of a request, told as the answer. */
const tell: RequestHandler = (req, res) => {
  res.json(shownOf(req));
};

function shownOf(req: Partial<Pick<Request, 'identity' | 'decision'>>) {
  return { user: req.identity?.user, kind: req.decision?.kind };
}

/** As an application of another copy of Express does that is called as a function. */
const other: RequestHandler = (req, _res, next) => {
  Object.setPrototypeOf(req, Object.create(IncomingMessage.prototype));
  next();
};

const JOHN = { user: 'john', kind: 'authenticated' };

function make(version: () => Express, ...handlers: readonly RequestHandler[]): Server {
  const app = version().set('env', 'test');
  for (const each of handlers) app.use(each);
  return createServer(app);
}

describe.each([
  ['Express 4', express4],
  ['Express 5', express],
])('what trustedHeader shows to handlers of %s', (_, version) => {
  it('is of each request its own, where several come at once', async () => {
    const later: RequestHandler = (_req, _res, next) => void setTimeout(next, 10);
    const server = make(version, trustedHeader(options), later, tell);
    expect(await pipeline(server, 'john', 'mary', 'john')).toEqual([
      JOHN,
      { user: 'mary', kind: 'authenticated' },
      JOHN,
    ]);
  });

  it('is there through what stands for the request', async () => {
    const server = make(version, trustedHeader(options), (req, res) => {
      const inherits: Request = Object.create(req);
      res.json([inherits, new Proxy(req, {})].map(shownOf));
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { 'Remote-User': 'john' } });
    expect(await answer.json()).toEqual([JOHN, JOHN]);
  });

  it('is there behind the application that it is mounted in, and not before', async () => {
    const inner = version().set('env', 'test').use(trustedHeader(options));
    const first: unknown[] = [];
    const before: RequestHandler = (req, _res, next) => {
      first.push(shownOf(req));
      next();
    };
    const server = make(version, before, inner, tell);
    expect(await pipeline(server, 'john')).toEqual([JOHN]);
    expect(first).toEqual([{ user: undefined, kind: undefined }]);
  });

  it('is nothing where only the server is guarded', async () => {
    const authenticator = createAuthenticator(options);
    const server = make(version, tell);
    guardServer(server, authenticator);
    expect(await pipeline(server, 'john')).toEqual([{}]);
  });

  it('takes the place of what somebody has put there before', async () => {
    const before: RequestHandler = (req, _res, next) => {
      req.identity = { user: 'mallory' };
      req.decision = { kind: 'anonymous', trusted: true };
      next();
    };
    const server = make(version, before, trustedHeader(options), tell);
    expect(await pipeline(server, 'john', 'john')).toEqual([JOHN, JOHN]);
  });

  it('is anybody’s to write, and no guard believes it', async () => {
    const after: RequestHandler = (req, _res, next) => {
      req.identity = { user: 'mallory', groups: ['admin'] };
      next();
    };
    const guard = requireIdentity({ groups: { anyOf: ['admin'] } });
    const open = make(version, trustedHeader(options), after, tell);
    expect(await pipeline(open, 'john')).toEqual([{ user: 'mallory', kind: 'authenticated' }]);
    const guarded = make(version, trustedHeader(options), after, guard, tell);
    expect(await pipeline(guarded, 'john')).toEqual([
      expect.objectContaining({ status: 403, code: 'group-missing' }),
    ]);
  });

  it('is no property of the request, and so in no copy and no log of it', async () => {
    const keys: string[] = [];
    const look: RequestHandler = (req, _res, next) => {
      keys.push(...Object.keys(req));
      next();
    };
    await pipeline(make(version, trustedHeader(options), look, tell), 'john');
    expect(keys).toContain('rawHeaders');
    expect(keys.filter((key) => key === 'identity' || key === 'decision')).toEqual([]);
  });

  it('is there behind a guard, whatever prototype a request has got meanwhile', async () => {
    const login = signIn({ find: ({ user }) => ({ name: user }) });
    const guarded = (...guards: readonly RequestHandler[]) =>
      pipeline(make(version, trustedHeader(options), ...guards, tell), 'john');
    expect(await guarded(other)).toEqual([{}]);
    expect(await guarded(other, requireIdentity())).toEqual([JOHN]);
    expect(await guarded(other, login)).toEqual([JOHN]);
    expect(await guarded(login, other, requireUser())).toEqual([JOHN]);
  });

  it('stays what somebody has written to the request, behind a guard as well', async () => {
    const write: RequestHandler = (req, _res, next) => {
      req.identity = { user: 'john, as we know him' };
      next();
    };
    const known = { ...JOHN, user: 'john, as we know him' };
    const server = make(version, trustedHeader(options), write, requireIdentity(), tell);
    expect(await pipeline(server, 'john')).toEqual([known]);
    const bare = make(version, trustedHeader(options), write, other, requireIdentity(), tell);
    expect(await pipeline(bare, 'john')).toEqual([known]);
  });

  it('is a refusal and nobody for who answers what is refused', async () => {
    const onRefusal = (_refusal: unknown, req: Request, res: express.Response) => {
      res.status(403).json(shownOf(req));
    };
    const server = make(version, trustedHeader({ ...options, sameOrigin: 'unsafe', onRefusal }));
    expect(await pipeline(server, 'a,b')).toEqual([{ kind: 'refused' }]);
  });
});

it('is put on a request that is not of Express', () => {
  const handler = trustedHeader({ ...options, anonymous: 'allow' });
  const req = new IncomingMessage(new Socket());
  let calls = 0;
  Reflect.apply(handler, undefined, [req, new ServerResponse(req), () => calls++]);
  expect([calls, Object.keys(req).slice(-2)]).toEqual([1, ['decision', 'identity']]);
  expect(req).toMatchObject({ decision: { kind: 'anonymous', trusted: false } });
  expect(Object.keys(IncomingMessage.prototype)).not.toContain('decision');
});
