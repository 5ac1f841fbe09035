import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { anyUser, type Policy } from '@trusted-header/core';
import { NextFetchEvent } from 'next/dist/server/web/spec-extension/fetch-event.js';
import { type NextMiddleware, NextRequest, NextResponse } from 'next/server.js';
import {
  registerTrustedHeader,
  requireIdentity,
  trustedHeaderProxy,
  withIdentity,
} from '../src/index.js';
import { inProcess } from './in-process.js';

describe('on arrival', () => {
  it('removes an id that a client sends, also a live one of somebody else', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        let captured;
        const port = await start(async (req, res) => {
          captured ??= req.headers[ID];
          const mine = await known(req);
          // The first answer stays open, and its id alive, while the second is asked for.
          if (req.url === '/' && captured === req.headers[ID]) {
            const other = await ask(port, [ID + ': ' + captured, 'X_Trusted_Header_Id: ' + captured], '127.0.0.2');
            return res.end(JSON.stringify([mine, other]));
          }
          res.end(mine + ' ' + (req.headersDistinct[ID].length + req.rawHeaders.filter((it) => /trusted.header.id/i.test(it)).length));
        });
        console.log(await ask(port, ['Remote-User: alice']));
      `),
    ).toEqual(['authenticated alice ', 'anonymous   2']);
  });

  it('forgets a decision when the response is over, or its client gone', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const sizes = [];
        const port = await start((req, res) => {
          sizes.push(registry().decisions.size);
          if (req.url === '/') res.end('x');
        });
        await ask(port, ['Remote-User: alice']);
        await ask(port, ['Remote-User: bob']);
        const socket = net.connect(port, '127.0.0.1');
        socket.write('GET /never HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n');
        await sleep(100);
        sizes.push(registry().decisions.size);
        socket.destroy();
        await sleep(100);
        sizes.push(registry().decisions.size);
        console.log(JSON.stringify(sizes));
      `),
    ).toEqual([1, 1, 1, 1, 0]);
  });

  it('takes upgrade requests for what they are, though nothing tells of them', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const server = http.createServer().listen(0, '127.0.0.1');
        server.on('upgrade', async (req, socket) => socket.end('HTTP/1.1 400 Bad\\r\\n\\r\\n' + (await known(req))));
        await once(server, 'listening');
        const { port } = server.address();
        const lines = ['Connection: Upgrade', 'Upgrade: websocket', 'Remote-User: alice', 'Remote_User: eve'];
        const seen = [await ask(port, lines, '127.0.0.2'), await ask(port, lines.slice(0, 3))];
        await sleep(50);
        console.log(JSON.stringify([...seen, registry().decisions.size]));
      `),
    ).toEqual([
      '{"type":"about:blank","title":"Forbidden","status":403,"code":"peer-untrusted"}',
      'authenticated alice ',
      0,
    ]);
  });

  it('takes upgrades for what they are on a connection that is older than who listens to them', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        // As Next does with a server of the application's own: it listens once the first request has come.
        const server = http.createServer(async (req, res) => {
          if (server.listenerCount('upgrade') === 0) {
            server.on('upgrade', async (req, socket) => socket.end('upgrade: ' + (await known(req))));
          }
          res.end(await known(req));
        }).listen(0, '127.0.0.1');
        await once(server, 'listening');
        const script = (port, from) => \`
          const net = require('node:net');
          const socket = net.connect({ port: \${port}, host: '127.0.0.1', localAddress: '\${from}' });
          const line = (...more) => ['GET / HTTP/1.1', 'Host: a', ...more, '', ''].join(String.fromCharCode(13, 10));
          socket.write(line());
          socket.once('data', () => {
            socket.write(line('Connection: Upgrade', 'Upgrade: websocket', 'Remote-User: admin'));
            socket.pipe(process.stdout);
          });\`;
        const answer = (from) => new Promise((done, failed) => {
          execFile(process.execPath, ['--eval', script(server.address().port, from)], (error, out) => error ? failed(error) : done(out.split('\\r\\n')[0]));
        });
        const stranger = await answer('127.0.0.2');
        server.removeAllListeners('upgrade');
        console.log(JSON.stringify([stranger, await answer('127.0.0.1')]));
      `),
    ).toEqual(['HTTP/1.1 403 Forbidden', 'upgrade: authenticated admin ']);
  });

  it('shows a refused upgrade to nobody', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        let seen = 0;
        const server = http.createServer().listen(0, '127.0.0.1');
        server.on('upgrade', (req, socket) => { seen++; socket.end(); });
        await once(server, 'listening');
        const lines = ['Connection: Upgrade', 'Upgrade: websocket', 'Remote-User: alice'];
        const answer = await ask(server.address().port, lines, '127.0.0.2');
        console.log(JSON.stringify([JSON.parse(answer).code, seen]));
      `),
    ).toEqual(['peer-untrusted', 0]);
  });

  it('leaves a server that knows no upgrades as it is', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const port = await start(async (req, res) => res.end(await known(req)));
        console.log(JSON.stringify(await ask(port, ['Upgrade: h2c', 'Remote-User: alice'])));
      `),
    ).toBe('authenticated alice ');
  });
});

describe('a request that the application makes of itself', () => {
  /** `/deputy` asks `/` with the headers of its own request, as Next does after the redirect of an action. */
  const DEPUTY = `
    const { registerTrustedHeader } = await load();
    registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false, untrusted: 'ignore' });
    const port = await start(async (req, res) => {
      if (req.headers['x-inner']) return res.end(await known(req));
      const { host, connection, ...headers } = req.headers;
      const inner = await fetch('http://127.0.0.1:' + port, { headers: { ...headers, ...added, 'x-inner': '1' } });
      res.end(await inner.text());
    });
  `;

  it('is still made for the user who asked', async () => {
    expect(
      await inProcess(`
        const added = {};
        ${DEPUTY}
        console.log(JSON.stringify([await ask(port, ['Remote-User: alice']), await ask(port, ['Remote-User: eve'], '127.0.0.2')]));
      `),
    ).toEqual(['authenticated alice ', 'anonymous  ']);
  });

  it('is nobody’s with two ids', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const port = await start(async (req, res) => {
          if (req.headers['x-inner']) return res.end(await known(req));
          const answers = [];
          for (const id of [req.headers[ID], [req.headers[ID], req.headers[ID]]]) {
            const inner = http.get({ port, host: '127.0.0.1', headers: { [ID]: id, 'x-inner': '1' } });
            const [answer] = await once(inner, 'response');
            answers.push(await text(answer));
          }
          res.end(answers.join());
        });
        console.log(JSON.stringify(await ask(port, ['Remote-User: alice'])));
      `),
    ).toBe('authenticated alice ,anonymous  ');
  });

  it('is nobody’s with an identity header or an unknown id of its own', async () => {
    expect(
      await inProcess(`
        const added = { 'remote-user': 'root', [ID]: 'x' };
        ${DEPUTY.replace(", untrusted: 'ignore'", '')}
        console.log(JSON.stringify([await ask(port, []), await ask(port, ['Remote-User: alice'])]));
      `),
    ).toEqual(['refused peer-self ', 'refused peer-self ']);
  });
});

describe('before registerTrustedHeader has run', () => {
  const EARLY = `
    let go;
    const registered = new Promise((done) => { go = done; });
    let arrived = 0;
    const port = await start(async (req, res) => { arrived++; await registered; res.end(await known(req)); });
    const answers = [ask(port, ['Remote-User: alice']), ask(port, ['Remote-User: eve'], '127.0.0.2'), ask(port, ['${'x-trusted-header-id'}: x'])];
    while (arrived < 3) await sleep(5);
    const { registerTrustedHeader } = await load();
    registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
    go();
    const early = await Promise.all(answers);
    console.log(JSON.stringify([...early, await ask(port, ['Remote-User: alice']), registry().early.size]));
  `;

  it('nobody is known', async () => {
    expect(await inProcess(EARLY)).toEqual([
      'undecided not-seen alice',
      'undecided not-seen eve',
      'undecided not-seen ',
      'authenticated alice ',
      0,
    ]);
  });

  it('everybody is, with the preload', async () => {
    expect(await inProcess(EARLY, ['--import', '@trusted-header/nextjs/preload'])).toEqual([
      'authenticated alice ',
      'refused peer-untrusted ',
      'anonymous  ',
      'authenticated alice ',
      0,
    ]);
  });
});

describe('registerTrustedHeader', () => {
  it('stops for a bad list, naming it, and keeps the old one', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const messages = [];
        try { registerTrustedHeader({ trustedProxies: '' }); } catch (error) { messages.push(error.name); }
        const port = await start(async (req, res) => res.end(await known(req)));
        console.log(JSON.stringify([...messages, await ask(port, ['Remote-User: alice'])]));
      `),
    ).toEqual(['ConfigError', 'authenticated alice ']);
  });

  it('keeps who everybody is where nothing else can be put', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const key = Symbol.for('@trusted-header/nextjs');
        const { value, ...rights } = Object.getOwnPropertyDescriptor(globalThis, key);
        console.log(JSON.stringify(rights));
      `),
    ).toEqual({ writable: false, enumerable: false, configurable: false });
  });

  it('does nothing during next build, which has no proxies to trust', () => {
    const before = process.env.NEXT_PHASE;
    process.env.NEXT_PHASE = 'phase-production-build';
    try {
      expect(() => registerTrustedHeader({ trustedProxies: '' })).not.toThrow();
    } finally {
      if (before === undefined) delete process.env.NEXT_PHASE;
      else process.env.NEXT_PHASE = before;
    }
  });
});

describe('requireIdentity', () => {
  it('says what is missing where nobody has decided', async () => {
    const said = 'call registerTrustedHeader() in register()';
    await expect(requireIdentity(anyUser, { headers: {} })).rejects.toThrow(said);
  });

  it('refuses a policy that is given and undefined, as a misspelt key is', async () => {
    const policies: Readonly<Record<string, Policy>> = {};
    await expect(requireIdentity(policies.admins)).rejects.toThrow('undefined');
    await expect(requireIdentity(policies.admins, { headers: {} })).rejects.toThrow('undefined');
    expect(() => withIdentity(() => Response.json({}), policies.admins)).toThrow('undefined');
  });

  it('refuses a policy that is none', async () => {
    const policy: object = { groups: 'admin' };
    await expect(requireIdentity(policy, { headers: {} })).rejects.toThrow('groups');
  });
});

describe('trustedHeaderProxy', () => {
  beforeEach(() => {
    jest.spyOn(console, 'error').mockReturnValue();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const ask = async (proxy: NextMiddleware, path: string, headers: Record<string, string> = {}) => {
    const request = new NextRequest(new URL(path, 'http://app.test'), { headers });
    return proxy(request, new NextFetchEvent({ request, page: path, context: undefined }));
  };

  it('answers 503 where nobody has decided', async () => {
    const response = await ask(trustedHeaderProxy(), '/', { 'Remote-User': 'alice' });
    expect(response?.status).toBe(503);
    expect(response?.headers.get('retry-after')).toBe('1');
    expect(response?.headers.get('cache-control')).toBe('no-store');
    expect(await response?.json()).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      code: 'undecided',
    });
  });

  it('answers 503 for files of Next, too, where nobody has decided', async () => {
    const proxy = trustedHeaderProxy();
    const statusOf = async (path: string) => (await ask(proxy, path))?.status;
    expect(await statusOf('/_next/static/chunks/main.js')).toBe(503);
    expect(await statusOf('/_next/image?url=/secret.png&w=64&q=75')).toBe(503);
  });

  const UNSAFE = {
    'Remote-User': 'eve',
    Remote_User: 'eve',
    'x-trusted-header-id': 'x',
    // As long as ours.
    'x-forwarded-for-two': '2',
    'x-a': '1',
  };

  it.each([
    ['its own answer', undefined],
    ['an answer of the application', () => NextResponse.next()],
    ['a rewrite of the application', () => NextResponse.rewrite('http://app.test/other')],
    [
      'an answer with headers of its own',
      ({ headers }: NextRequest) =>
        NextResponse.next({ request: { headers: new Headers(headers) } }),
    ],
    [
      'headers that somebody has kept from before',
      () => NextResponse.next({ request: { headers: new Headers(UNSAFE) } }),
    ],
  ])('hands no header on that nobody has looked at: %s', async (_what, handler) => {
    const open = { anonymous: 'allow' } as const;
    const proxy = handler ? trustedHeaderProxy(handler, open) : trustedHeaderProxy(open);
    const response = await ask(proxy, '/open', UNSAFE);
    const headers = response?.headers ?? new Headers();
    const isRewrite = headers.has('x-middleware-rewrite');
    expect(headers.has('x-middleware-next')).toBe(!isRewrite);
    expect(headers.get('x-middleware-override-headers')).toBe('x-a,x-forwarded-for-two');
    expect(headers.get('x-middleware-request-x-a')).toBe('1');
    expect(
      [...(response?.headers.keys() ?? [])].filter((name) => /remote|trusted/.test(name)),
    ).toEqual([]);
  });

  it('shows the application’s own function no header that nobody has looked at', async () => {
    const seen: string[] = [];
    const proxy = trustedHeaderProxy(
      ({ headers }) => {
        seen.push(...headers.keys());
      },
      { anonymous: () => 'allow' },
    );
    await ask(proxy, '/open', UNSAFE);
    expect(seen).toEqual(['x-a', 'x-forwarded-for-two']);
  });

  it('does not run the application’s own function for a request that it stops', async () => {
    const handler = jest.fn<NextMiddleware>();
    await ask(trustedHeaderProxy(handler), '/');
    expect(handler).not.toHaveBeenCalled();
  });
});
