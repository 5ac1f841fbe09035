import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, request } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type Authenticator,
  ConfigError,
  createAuthenticator,
  factsFromFetch,
} from '@trusted-header/core';
import { type Context, Hono } from 'hono';
import { trustedHeader as fetchOnly } from '../src/fetch.js';
import { requireIdentity, type TrustedHeaderOptions, trustedHeader } from '../src/index.js';

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
  app: Hono,
  path: string,
  headers: Record<string, string>,
  localAddress = '127.0.0.1',
  method = 'GET',
): Promise<Answer> {
  const server = createServer(getRequestListener(app.fetch));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers, localAddress, method, agent: false };
    request(options, (res) => {
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

/** What a handler can read of the headers, every way that Hono has. */
function appThatShowsHeaders(before: (c: Context) => unknown): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    before(c);
    await next();
  });
  app.use(trustedHeader({ ...options, anonymous: 'allow' }));
  app.get('/', (c) =>
    c.json([
      c.req.header(),
      [...c.req.raw.headers],
      c.req.header('remote-user') ?? null,
      [...c.req.raw.clone().headers],
      [...new Request(c.req.raw).headers],
    ]),
  );
  return app;
}

describe('trustedHeader for Hono', () => {
  it.each([
    ['nothing', () => undefined],
    ['a header that Node does not join', (c: Context) => c.req.header('host')],
    ['all headers', (c: Context) => c.req.header()],
    ['the Fetch headers', (c: Context) => [...c.req.raw.headers]],
  ])(
    'leaves no identity header to read when an earlier middleware has read %s',
    async (_, before) => {
      const { status, body } = await visit(appThatShowsHeaders(before), '/', {
        'Remote-User': 'john',
        'X-Other': '1',
      });
      expect(status).toBe(200);
      expect(body).toContain('x-other');
      expect(body).not.toMatch(/remote-user|john/i);
    },
  );

  it('strips behind a middleware that has read the body, too', async () => {
    const app = new Hono();
    app.use(async (c, next) => {
      await new Response(c.req.raw.body).text();
      await next();
    });
    app.use(trustedHeader(options));
    app.post('/', (c) => c.json([[...c.req.raw.headers.keys()], c.var.identity?.user]));
    const { status, body } = await visit(app, '/', { 'Remote-User': 'john' }, '127.0.0.1', 'POST');
    expect(status).toBe(200);
    expect(body).not.toContain('remote-user');
    expect(body).toContain('"john"');
  });

  it('strips the request of Node, too, where `facts` are given', async () => {
    const facts = (c: Context) => factsFromFetch(c.req.raw.headers, '127.0.0.1');
    const app = new Hono();
    app.use(trustedHeader({ ...options, facts }));
    app.get('/', (c: Context) => c.json([c.var.identity?.user, c.env.incoming.rawHeaders]));
    const { body } = await visit(app, '/', { 'Remote-User': 'john', 'X-Other': '1' });
    expect(body).toContain('["john",["X-Other","1",');
    expect(body).not.toMatch(/remote-user/i);
  });

  it('makes no Fetch headers that nobody reads', async () => {
    const app = new Hono().use(trustedHeader(options)).get('/', (c) => {
      const own = Reflect.ownKeys(c.req.raw).map((key) => Reflect.get(c.req.raw, key));
      return c.text(String(own.filter((value) => value instanceof Headers).length));
    });
    expect(await visit(app, '/', { 'Remote-User': 'john' })).toEqual({ status: 200, body: '0' });
  });

  it('decides each mount for itself, from what came over the wire', async () => {
    const app = new Hono();
    app.use(
      '/a/*',
      trustedHeader({
        ...options,
        trustedProxies: '127.0.0.9',
        untrusted: 'ignore',
        anonymous: 'allow',
      }),
    );
    app.use('/a/b', trustedHeader(options));
    app.get('/a/*', (c) => c.text(c.var.identity?.user ?? 'nobody'));
    expect(await visit(app, '/a/b', { 'Remote-User': 'john' })).toEqual({
      status: 200,
      body: 'john',
    });
    expect(await visit(app, '/a/c', { 'Remote-User': 'john' })).toEqual({
      status: 200,
      body: 'nobody',
    });
    expect((await visit(app, '/a/b', { 'Remote-User': 'john' }, '127.0.0.2')).status).toBe(403);
  });

  it('takes a ready authenticator, bare or with a mode', async () => {
    const authenticator = createAuthenticator(options);
    const bare = new Hono().use(trustedHeader(authenticator)).get('/', (c) => c.text('in'));
    expect((await visit(bare, '/', {})).status).toBe(401);
    const open = new Hono()
      .use(trustedHeader({ authenticator, anonymous: 'allow' }))
      .get('/', (c) => c.text('in'));
    expect((await visit(open, '/', {})).status).toBe(200);
  });

  it('has no peer without a connection, whatever the headers say', async () => {
    const app = new Hono().use(trustedHeader(options)).get('/', (c) => c.text('in'));
    const answer = await app.request('/', {
      headers: { 'Remote-User': 'john', 'X-Forwarded-For': '127.0.0.1' },
    });
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { type: 'about:blank', title: 'Forbidden', status: 403, code: 'peer-unknown' },
    ]);
    const forged = await app.request(
      '/',
      { headers: { 'Remote-User': 'john' } },
      { incoming: { socket: { remoteAddress: '127.0.0.1' }, rawHeaders: [] } },
    );
    expect(forged.status).toBe(403);
    const without = await Reflect.apply(app.fetch, app, [new Request('http://app/'), null]);
    expect(without.status).toBe(401);
  });

  it('asks `facts` where it is given, once per request, and strips the Fetch request', async () => {
    let calls = 0;
    const facts: TrustedHeaderOptions['facts'] = (c) => {
      calls++;
      return factsFromFetch(c.req.raw.headers, '10.0.0.1');
    };
    const app = new Hono()
      .use(fetchOnly({ trustedProxies: '10.0.0.1', facts }))
      .use(trustedHeader({ trustedProxies: '10.0.0.1', facts }))
      .get('/', (c) => c.text(`${c.var.identity?.user} ${c.req.header('remote-user')}`));
    expect(await (await app.request('/', { headers: { 'Remote-User': 'john' } })).text()).toBe(
      'john undefined',
    );
    expect(calls).toBe(1);
  });

  it('gives a clean copy where the request cannot be changed', async () => {
    const immutable = new Request('http://app/', {
      headers: { 'Remote-User': 'john', 'X-Other': '1' },
    });
    Object.defineProperty(immutable.headers, 'delete', {
      value: () => {
        throw new TypeError('immutable');
      },
    });
    const app = new Hono()
      .use(
        trustedHeader({
          trustedProxies: '10.0.0.1',
          facts: (c) => factsFromFetch(c.req.raw.headers, '10.0.0.1'),
        }),
      )
      .get('/', (c) => c.json(c.req.header()));
    expect(await (await app.fetch(immutable)).json()).toEqual({ 'x-other': '1' });
  });

  it('refuses, at start, facts that are no function, and runtimes that hide the connection', () => {
    const make = (value: unknown): unknown =>
      Reflect.apply(trustedHeader, undefined, [{ ...options, facts: value }]);
    expect(() => make('x-forwarded-for')).toThrow(ConfigError);
    const agent = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', {
      value: { userAgent: 'Cloudflare-Workers' },
      configurable: true,
    });
    try {
      expect(() => trustedHeader(options)).toThrow('facts: undefined is needed on workerd');
      expect(() => make(() => ({ peer: undefined, rawHeaders: [] }))).not.toThrow();
    } finally {
      if (agent) Object.defineProperty(globalThis, 'navigator', agent);
      else Reflect.deleteProperty(globalThis, 'navigator');
    }
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

  it('throws at construction for a bad list, naming it', () => {
    expect(() => trustedHeader({ trustedProxies: '' })).toThrow('trustedProxies');
    expect(() => Reflect.apply(trustedHeader, undefined, [undefined])).toThrow(ConfigError);
    expect(() => Reflect.apply(trustedHeader, undefined, ['172.20.0.2'])).toThrow(
      'options: "172.20.0.2" is no options object',
    );
    const misspelt = { trustedProxies: '172.20.0.2', anonymus: 'allow' };
    expect(() => Reflect.apply(trustedHeader, undefined, [misspelt])).toThrow(', signIn, facts');
    expect(() => requireIdentity({ users: [], match: 'exact' })).not.toThrow();
    expect(() => Reflect.apply(requireIdentity, undefined, [{ group: 'admin' }])).toThrow(
      ConfigError,
    );
  });
});

describe('a Hono application within another', () => {
  it('reads no header that the outer one has put together, and has its decision', async () => {
    const inner = new Hono()
      .use(trustedHeader({ ...options, anonymous: 'allow' }))
      .get('/see', (c) => c.json([c.var.decision.kind, Object.keys(c.req.header())]));
    const outer = new Hono()
      .use(trustedHeader({ ...options, anonymous: 'allow' }))
      .get('/batch', (c) => {
        const headers = { 'remote-user': 'admin', remote_groups: 'admin', 'x-other': '1' };
        return inner.fetch(new Request('http://x/see', { headers }), c.env);
      });
    expect((await visit(outer, '/batch', {}, '127.0.0.2')).body).toBe('["anonymous",["x-other"]]');
    expect((await visit(outer, '/batch', { 'Remote-User': 'john' })).body).toBe(
      '["authenticated",["x-other"]]',
    );
  });
});

describe('a Hono application that is asked again by an open path of its own', () => {
  const app = new Hono();
  app.use(trustedHeader({ ...options, open: ['/public/*'] }));
  app.get('/private', (c) => c.text(`private, for ${c.var.identity?.user}`));
  app.get('/public/page', (c) => c.text('public'));
  app.all('/public/batch', async (c) => {
    const again = new Request(new URL(c.req.query('path') ?? '', c.req.url));
    const answer = await app.fetch(again, c.env);
    return c.text(`${answer.status} ${answer.ok ? await answer.text() : ''}`);
  });
  const batch = async (path: string, headers: Record<string, string> = {}) =>
    (await visit(app, `/public/batch?path=${path}`, headers)).body;

  it('opens there what is open, and nothing else', async () => {
    expect(await batch('/public/page')).toBe('200 public');
    expect(await batch('/private')).toBe('401 ');
    expect(await batch('/private', { 'Remote-User': 'john' })).toBe('200 private, for john');
  });

  it('opens no path that the wire’s ends with', async () => {
    const rewriting = new Hono();
    rewriting.use(trustedHeader({ ...options, open: ['/en/*'] }));
    rewriting.get('/admin', (c) => c.text('admin'));
    rewriting.get('/en/:rest{.+}', (c) => {
      const path = `/${c.req.param('rest')}`;
      return rewriting.fetch(new Request(new URL(path, c.req.url)), c.env);
    });
    expect((await visit(rewriting, '/en/admin', {})).status).toBe(401);
    expect((await visit(rewriting, '/en/admin', { 'Remote-User': 'john' })).body).toBe('admin');
  });

  it('opens what the wire’s path opens behind a mount', async () => {
    const inner = new Hono();
    inner.use(trustedHeader({ ...options, open: ['/m/health'] }));
    inner.get('/health', (c) => c.text('well'));
    inner.get('/private', (c) => c.text('private'));
    const outer = new Hono().mount('/m', inner.fetch);
    expect((await visit(outer, '/m/health', {})).body).toBe('well');
    expect((await visit(outer, '/m/private', {})).status).toBe(401);
  });

  it('opens the path that was asked for, whatever has read the request before', async () => {
    const reader = new Hono();
    reader.use(async (c, next) => {
      c.req.raw.headers.get('accept');
      await c.req.raw.clone().text();
      await next();
    });
    reader.route('/', app);
    expect((await visit(reader, '/public/page', {})).body).toBe('public');
    expect((await visit(reader, '/private', {})).status).toBe(401);
  });
});

describe('requireIdentity for Hono', () => {
  it.each([
    { conclusion: 'ALLOW' },
    { kind: 'authenticated', identity: { user: 'root', groups: ['admin'] } },
    { kind: 'anonymous', trusted: true },
    null,
  ])(
    'asks what was decided, not what a later middleware has written over it: %j',
    async (written) => {
      const app = new Hono()
        .use(trustedHeader({ ...options, anonymous: 'allow' }))
        .use((c, next) => {
          Object.assign(c.var, { decision: written });
          Reflect.apply(c.set, c, ['decision', written]);
          Reflect.apply(c.set, c, ['identity', { user: 'root', groups: ['admin'] }]);
          return next();
        })
        .get('/', requireIdentity({ groups: { anyOf: ['admin'] } }), (c) => c.text('in'));
      expect((await visit(app, '/', {})).status).toBe(401);
      expect((await visit(app, '/', { 'Remote-User': 'john' })).status).toBe(403);
      const admin = { 'Remote-User': 'ann', 'Remote-Groups': 'admin' };
      expect((await visit(app, '/', admin)).status).toBe(200);
    },
  );

  it('fails, and does not let in, where trustedHeader is missing', async () => {
    const app = new Hono().get('/', requireIdentity(), (c) => c.text('in'));
    const errors: string[] = [];
    app.onError((error, c) => {
      errors.push(error.message);
      return c.text('error', 500);
    });
    expect(await visit(app, '/', { 'Remote-User': 'john' })).toEqual({
      status: 500,
      body: 'error',
    });
    expect(errors).toEqual([
      'requireIdentity() found no decision: call app.use(trustedHeader(…)) before it',
    ]);
  });
});
