import { request } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type OnRefusal, requireIdentity, signIn, trustedHeader } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const ALICE = { 'Remote-User': 'alice' };
const PROBLEM =
  '401 {"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required"}';

const apps: FastifyInstance[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

/** An application with handlers that nobody is to reach. */
async function appWith(
  onRefusal: OnRefusal,
  reached: string[] = [],
  app: FastifyInstance = Fastify(),
): Promise<FastifyInstance> {
  apps.push(app);
  await app.register(trustedHeader, { ...options, onRefusal });
  const preHandler = requireIdentity({ groups: { anyOf: ['admin'] } });
  app.get('/', ({ url }) => reached.push(url));
  app.get('/admin', { preHandler }, ({ url }) => reached.push(url));
  app.register(async (scope) => {
    await scope.register(signIn, { find: () => null, log: false });
    scope.get('/me', ({ url }) => reached.push(url));
  });
  return app;
}

async function portOf(app: FastifyInstance): Promise<number> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function visit(
  app: FastifyInstance,
  path = '/',
  headers: Record<string, string> = {},
  method = 'GET',
) {
  const url = `http://127.0.0.1:${await portOf(app)}${path}`;
  const answer = await fetch(url, { headers, method, redirect: 'manual' });
  return `${answer.status} ${answer.headers.get('location') ?? (await answer.text())}`;
}

function showError(error: unknown, _request: FastifyRequest, reply: FastifyReply) {
  return reply.code(418).send({ error });
}

describe('onRefusal', () => {
  it('answers with a page of its own, here and for guards and signIn behind', async () => {
    const app = await appWith(({ status, code }, _request, reply) =>
      reply.code(status).send(`no: ${code}`),
    );
    expect(await visit(app)).toBe('401 no: authentication-required');
    expect(await visit(app, '/admin', ALICE)).toBe('403 no: group-missing');
    expect(await visit(app, '/me', ALICE)).toBe('403 no: user-unknown');
  });

  it('hands a refusal to the error handlers by `reply.send(refusal)`', async () => {
    const hand: OnRefusal = (refusal, _request, reply) => reply.send(refusal);
    const app = await appWith(hand);
    expect(await visit(app)).toBe(
      '401 {"statusCode":401,"code":"authentication-required","error":"Unauthorized","message":"Unauthorized: authentication-required"}',
    );
    const own = await appWith(hand, [], Fastify().setErrorHandler(showError));
    expect(await visit(own, '/admin', ALICE)).toBe(
      '418 {"error":{"type":"about:blank","title":"Forbidden","status":403,"code":"group-missing","kind":"denied"}}',
    );
  });

  it('redirects, also later', async () => {
    const app = await appWith(async (_refusal, _request, reply) => {
      await wait(20);
      return reply.redirect('/sign-in');
    });
    expect(await visit(app)).toBe('302 /sign-in');
    expect(await visit(app, '/admin', ALICE)).toBe('302 /sign-in');
  });

  it('is that of the last trustedHeader that has one', async () => {
    const app = Fastify();
    apps.push(app);
    const outer: OnRefusal = (_refusal, _request, reply) => reply.redirect('/outer');
    await app.register(trustedHeader, { ...options, anonymous: 'allow', onRefusal: outer });
    app.register(async (scope) => {
      await scope.register(trustedHeader, options);
      scope.get('/', () => 'reached');
    });
    expect(await visit(app)).toBe('302 /outer');
  });

  it('finds what was decided: what is refused of somebody is refused, and nobody is nobody', async () => {
    const decisions: unknown[] = [];
    const onRefusal: OnRefusal = ({ status }, { decision, identity }, reply) => {
      const { kind, reason } = { reason: undefined, ...decision };
      decisions.push([kind, reason, identity]);
      return reply.code(status).send('no');
    };
    const app = await appWith(onRefusal);
    await visit(app);
    await visit(app, '/', { ...ALICE, Remote_User: 'bob' });
    const strict = Fastify();
    apps.push(strict);
    await strict.register(trustedHeader, { ...options, onRefusal, sameOrigin: 'unsafe' });
    strict.post('/', () => 'reached');
    await visit(strict, '/', { ...ALICE, 'Sec-Fetch-Site': 'cross-site' }, 'POST');
    expect(decisions).toEqual([
      ['anonymous', undefined, undefined],
      ['refused', 'header-ambiguous', undefined],
      ['refused', 'cross-origin', undefined],
    ]);
  });

  it('a portal that is not asked for is no fault', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const app = Fastify({ logger: { level: 'error', stream } });
    apps.push(app);
    const signInAt = { portal: 'https://auth.example.com' };
    await app.register(trustedHeader, { ...options, signIn: signInAt });
    app.get('/', () => 'reached');
    expect(await visit(app, '/', { ...ALICE, Remote_User: 'bob' })).toContain('header-ambiguous');
    expect(lines).toEqual([]);
  });

  it('sends the problem where it fails, and lets nobody through', async () => {
    const reached: string[] = [];
    const app = await appWith(() => {
      throw new Error('the template is broken');
    }, reached);
    expect(await visit(app)).toBe(PROBLEM);
    const later = await appWith(() => Promise.reject(new Error('the database is down')), reached);
    expect(await visit(later)).toBe(PROBLEM);
    expect(await visit(later, '/admin', ALICE)).toContain('403 {"type":');
    expect(reached).toEqual([]);
  });

  it('tells the request’s log why it has failed', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const fail: OnRefusal = () => Promise.reject(new Error('the database is down'));
    const app = await appWith(fail, [], Fastify({ logger: { level: 'error', stream } }));
    expect(await visit(app)).toBe(PROBLEM);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        reqId: 'req-1',
        msg: 'trusted-header: onRefusal failed:',
        err: expect.objectContaining({ message: 'the database is down' }),
      }),
    ]);
  });

  it.each(['/', '/admin', '/me'])('lets nobody through who hangs up at %s', async (path) => {
    const reached: string[] = [];
    const asked: string[] = [];
    const app = await appWith(async ({ code }) => {
      asked.push(code);
      await wait(100);
    }, reached);
    const headers = path === '/' ? {} : ALICE;
    const client = request({ port: await portOf(app), host: '127.0.0.1', path, headers });
    client.on('error', () => undefined).end();
    while (asked.length === 0) await wait(5);
    client.destroy();
    await wait(200);
    expect([asked.length, reached]).toEqual([1, []]);
  });

  it('does not cut an answer that streams for longer than two seconds', async () => {
    const app = await appWith((_refusal, _request, reply) => {
      const parts = async function* () {
        yield 'first ';
        await wait(2_300);
        yield 'last';
      };
      return reply.code(401).send(Readable.from(parts()));
    });
    expect(await visit(app)).toBe('401 first last');
  });
});
