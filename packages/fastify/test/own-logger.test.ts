import { once } from 'node:events';
import { request } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { requireIdentity, signIn, trustedHeader } from '../src/index.js';

const apps: FastifyInstance[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

const DENIED =
  'trusted-header: a user from 127.0.0.1 was denied: group-missing; the route asks for one of the groups "wheel"; the user has 2 groups (Remote-Groups); "wheel" is there in another case: see match: \'lower\'';
const UNCLAIMED =
  'trusted-header: the proxy 127.0.0.1 sent a request without Remote-User; if that person is signed in, make it copy the headers of the authorization response (npx @trusted-header/cli proxy-config)';

async function ask(app: FastifyInstance, path: string, headers: Record<string, string>) {
  apps.push(app);
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const [res] = await once(
    request({ host: '127.0.0.1', port, path, headers, agent: false }).end(),
    'response',
  );
  res.resume();
  return res.statusCode;
}

/** An application whose log is kept: messages of level `warn`. */
function withLog(level = 'warn'): { readonly app: FastifyInstance; warned(): string[] } {
  const stream = new PassThrough();
  const app = Fastify({ logger: { level, stream } });
  return {
    app,
    warned: () =>
      String(stream.read() ?? '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
        .filter((entry) => entry.level === 40)
        .map((entry) => entry.msg),
  };
}

async function addRoutes(app: FastifyInstance, options: object = {}): Promise<void> {
  await app.register(trustedHeader, { trustedProxies: '127.0.0.1', ...options });
  const preHandler = requireIdentity({ groups: { anyOf: ['wheel'] } });
  app.get('/wheel', { preHandler }, () => 'ok');
  app.get('/', () => 'ok');
}

describe('lines about requests', () => {
  it("go to Fastify's own logger: a denial, and a 401 of the proxy's", async () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const { app, warned } = withLog();
    await addRoutes(app);
    expect(await ask(app, '/wheel', { 'Remote-User': 'kim', 'Remote-Groups': 'qa,WHEEL' })).toBe(
      403,
    );
    expect(await ask(app, '/', {})).toBe(401);
    expect(warned()).toEqual([DENIED, UNCLAIMED]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('go to console.warn where Fastify has no logger', async () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const app = Fastify();
    await addRoutes(app);
    expect(await ask(app, '/', {})).toBe(401);
    expect(warn.mock.calls).toEqual([[UNCLAIMED]]);
  });

  it.each([
    ['error', 'warnings'],
    ['silent', 'everything'],
  ])('are left out where the logger is told by %j to leave out %s', async (level) => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const { app, warned } = withLog(level);
    await addRoutes(app);
    expect(await ask(app, '/', {})).toBe(401);
    expect(warned()).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('go to a logger of another kind, with no field that has no value', async () => {
    const told: unknown[] = [];
    const nothing = () => undefined;
    const loggerInstance = {
      ...{ fatal: nothing, error: nothing, info: nothing, debug: nothing, trace: nothing },
      ...{ silent: nothing, warn: (...args: readonly unknown[]) => told.push(args) },
      child: () => loggerInstance,
    };
    const create = (options: object): FastifyInstance =>
      Reflect.apply(Fastify, undefined, [options]);
    const app = create({ loggerInstance });
    await addRoutes(app);
    expect(await ask(app, '/', {})).toBe(401);
    expect(told).toStrictEqual([[{ code: 'authentication-required', route: '/' }, UNCLAIMED]]);
  });

  it('of a sign-in go there as well, and quote nothing of what the database says', async () => {
    const { app, warned } = withLog();
    await app.register(trustedHeader, { trustedProxies: '127.0.0.1' });
    await app.register(signIn, { find: () => Promise.reject(new Error('no connection for kim')) });
    app.get('/', () => 'ok');
    expect(await ask(app, '/', { 'Remote-User': 'kim' })).toBe(503);
    expect(warned()).toEqual([
      'trusted-header: nobody can be signed in, requests get 503: find: it threw (Error)',
    ]);
  });

  it('go where the options say, if they say so', async () => {
    const { app, warned } = withLog();
    const lines: string[] = [];
    await addRoutes(app, { log: (line: string) => lines.push(line) });
    expect(await ask(app, '/', {})).toBe(401);
    expect(lines).toEqual([UNCLAIMED]);
    expect(warned()).toEqual([]);
  });

  it('are counted once for each request, though two parts of the adapter look at it', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(1_000_000);
    const lines: string[] = [];
    const app = Fastify();
    await addRoutes(app, { log: (line: string) => lines.push(line) });
    expect(await ask(app, '/', {})).toBe(401);
    expect(await ask(app, '/', {})).toBe(401);
    now.mockReturnValue(1_060_000);
    expect(await ask(app, '/', {})).toBe(401);
    expect(lines).toEqual([UNCLAIMED, `${UNCLAIMED} (and 1 more since the last such line)`]);
  });
});

it('tells Fastify’s logger that header login is off, and lets nobody pass (D6)', async () => {
  const { app, warned } = withLog();
  await addRoutes(app, { trustedProxies: undefined, optional: true });
  const claim = { 'Remote-User': 'alice', 'Remote-Groups': 'wheel' };
  expect([await ask(app, '/', claim), await ask(app, '/wheel', claim)]).toEqual([200, 401]);
  expect(warned()).toEqual([
    "trusted-header: header login is off: trustedProxies names no proxy, and every request is nobody's; to switch it on, set TRUSTED_PROXIES to the address from which your reverse proxy connects",
  ]);
});
