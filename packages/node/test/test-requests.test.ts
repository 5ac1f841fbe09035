import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, createServer as createHttp2Server } from 'node:http2';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import {
  decideRequest,
  factsFromRequest,
  nameTestSource,
  testSourceOf,
  testSourceOfFetch,
} from '../src/index.js';
import { inProcess } from './in-process.js';
import { listen, portOf } from './raw-request.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Starts a server that answers with what it knows of a request, and asks it. */
async function ask(headers: readonly (readonly [string, string])[]): Promise<unknown> {
  const authenticator = createAuthenticator({ trustedProxies: '172.20.0.2', log: false });
  const server = createServer((req, res) => {
    const decision = decideRequest(req, authenticator);
    const { peer, fromTest } = factsFromRequest(req);
    const { headers, headersDistinct, rawHeaders } = req;
    const seen = [headers, headersDistinct, rawHeaders].map((of) => JSON.stringify(of)).join();
    res.end(JSON.stringify({ kind: decision.kind, peer, fromTest, seen }));
  });
  closers.push(() => server.close());
  await listen(server, '127.0.0.1');
  const options = { port: portOf(server), host: '127.0.0.1', agent: false };
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, headers: headers.flat() });
    sent.on('response', async (answer) => resolve(JSON.parse(await text(answer))));
    sent.on('error', reject).end();
  });
}

const ALICE = [
  ['Host', 'app'],
  ['Remote-User', 'alice'],
] as const;

describe('a request with the header of this test run', () => {
  it('comes from where the test says, and nobody sees the header', async () => {
    const named = nameTestSource({ peer: '172.20.0.2' });
    expect(await ask([...ALICE, named])).toEqual({
      kind: 'authenticated',
      peer: '172.20.0.2',
      fromTest: true,
      seen: '{"host":"app","connection":"close"},{"host":["app"],"connection":["close"]},["Host","app","Connection","close"]',
    });
  });

  it('comes from there over HTTP/2 as well', async () => {
    const authenticator = createAuthenticator({ trustedProxies: '172.20.0.2', log: false });
    const server = createHttp2Server((req, res) => {
      const { kind } = decideRequest(req, authenticator);
      res.end(JSON.stringify({ kind, seen: Object.keys(req.headers), raw: req.rawHeaders }));
    });
    closers.push(() => server.close());
    await listen(server, '127.0.0.1');
    const session = connect(`http://127.0.0.1:${portOf(server)}`);
    closers.push(() => session.destroy());
    await once(session, 'connect');
    const named = Object.fromEntries([nameTestSource({ peer: '172.20.0.2' })]);
    const sent = session.request({ 'remote-user': 'alice', ...named });
    expect(JSON.parse(await text(sent))).toEqual({
      kind: 'authenticated',
      seen: [':method', ':authority', ':scheme', ':path'],
      raw: expect.not.arrayContaining(['x-trusted-header-test']),
    });
  });

  it('is judged like any other: an address that is not trusted is refused', async () => {
    const named = nameTestSource({ peer: '172.20.0.9' });
    expect(await ask([...ALICE, named])).toMatchObject({ kind: 'refused', peer: '172.20.0.9' });
  });

  it('has the same header each time, so that a test run of a million requests keeps one', () => {
    const named = nameTestSource({ peer: '172.20.0.3' });
    expect(nameTestSource({ peer: '172.20.0.3' })).toEqual(named);
    expect(nameTestSource({ peer: '172.20.0.4' })).not.toEqual(named);
    expect(nameTestSource({ peer: undefined, unixSocket: '172.20.0.3' })).not.toEqual(named);
  });

  it('may come over a Unix socket', () => {
    const source = { peer: undefined, unixSocket: '/run/app.sock' };
    expect(testSourceOf(nameTestSource(source))).toEqual({ ...source, fromTest: true });
  });

  it('may be one of Fetch', () => {
    const source = { peer: '172.20.0.2' };
    const ask = (...headers: (readonly [string, string])[]) =>
      testSourceOfFetch(new Request('http://app', { headers: headers.map(([...pair]) => pair) }));
    expect(ask(nameTestSource(source))).toEqual({ ...source, fromTest: true });
    expect(ask(['x-trusted-header-test', 'f0000000-0000-4000-8000-000000000000'])).toBeUndefined();
    expect(ask()).toBeUndefined();
  });

  it.each([
    ['another value', ['x-trusted-header-test', 'f0000000-0000-4000-8000-000000000000']],
    ['nothing', ['x-trusted-header-test', '']],
    ['a name of Object.prototype', ['x-trusted-header-test', 'constructor']],
    ['no value', ['x-trusted-header-test']],
    ['no header', []],
    ['another header', ['x-other', nameTestSource({ peer: '172.20.0.2' })[1]]],
  ])('is no such request with %s', (_, lines) => {
    nameTestSource({ peer: '172.20.0.2' });
    expect(testSourceOf(lines)).toBeUndefined();
  });
});

/** A server in production, and what a client that knows everything about it gets from it. */
const ATTACK = `
  import { createAuthenticator } from '@trusted-header/core';
  import { decideRequest } from '@trusted-header/node';
  const authenticator = createAuthenticator({ trustedProxies: '172.20.0.2', log: false });
  const kinds = [];
  const attacked = http.createServer((req, res) => {
    const { kind, reason } = decideRequest(req, authenticator);
    kinds.push(reason ?? kind);
    res.end();
  });
  const port = await start('127.0.0.1', attacked);
  const send = (token) => elsewhere(
    "await fetch('http://127.0.0.1:" + port + "', { headers: { 'Remote-User': 'admin', 'X-Trusted-Header-Test': '" + token + "' } })",
  );
`;

describe.each([
  ['in production', {}],
  ['in a deployment that is called test', { NODE_ENV: 'test' }],
])('%s', (_, env) => {
  it('no test can say where requests come from', async () => {
    expect(
      await inProcess(
        `
        import { nameTestSource } from '@trusted-header/node';
        try {
          nameTestSource({ peer: '172.20.0.2' });
        } catch ({ message }) {
          console.log(JSON.stringify(message));
        }`,
        env,
      ),
    ).toBe(
      'this is no test run: no mark of node --test, Jest, Vitest, mocha, Jasmine or AVA is on this process; an application in another process needs identityHeaders of @trusted-header/testing only',
    );
  });

  it('the header is nothing, whatever stands in it, also where somebody has kept a list', async () => {
    expect(
      await inProcess(
        `${ATTACK}
        const key = Symbol.for('@trusted-header/node test sources');
        await send('old');
        globalThis[key] = new Map([['old', { peer: '172.20.0.2' }], ['', { peer: '172.20.0.2' }]]);
        await send('old');
        await send('');
        const { testSourceOfFetch } = await import('@trusted-header/node');
        const headers = { 'x-trusted-header-test': 'old' };
        kinds.push(testSourceOfFetch(new Request('http://app', { headers })) ?? 'nothing');
        console.log(JSON.stringify(kinds));`,
        env,
      ),
    ).toEqual(['peer-untrusted', 'peer-untrusted', 'peer-untrusted', 'nothing']);
  });
});

describe('where a test has started the application in a process of its own', () => {
  it.each(['JEST_WORKER_ID', 'VITEST', 'NODE_TEST_CONTEXT'])(
    'the header of the test is nothing, though the application has inherited %s',
    async (mark) => {
      const [, token] = nameTestSource({ peer: '172.20.0.2' });
      expect(
        await inProcess(
          `${ATTACK}
          await send('${token}');
          console.log(JSON.stringify(kinds));`,
          { [mark]: '1' },
        ),
      ).toEqual(['peer-untrusted']);
    },
  );
});

it('an application that calls itself with the header of a test is not believed for it', async () => {
  expect(
    await inProcess(
      `
      import { nameTestSource } from '@trusted-header/node';
      const named = Object.fromEntries([nameTestSource({ peer: '172.20.0.2' })]);
      const facts = [];
      const deputy = http.createServer(async (req, res) => {
        // Read by somebody before us, and passed on.
        const { headers } = req;
        const copy = { ...headers };
        const { peer, self, fromTest } = factsFromRequest(req);
        facts.push({ peer, self, fromTest });
        if (req.url === '/deputy') await get({ port, host: '127.0.0.1', headers: copy, agent: false });
        res.end();
      });
      const port = await start('127.0.0.1', deputy);
      await get({ port, host: '127.0.0.1', path: '/deputy', headers: named, agent: false });
      console.log(JSON.stringify(facts));`,
      { JEST_WORKER_ID: '1' },
    ),
  ).toEqual([
    { peer: '172.20.0.2', fromTest: true },
    { peer: '127.0.0.1', self: true },
  ]);
});

it('tells two sources apart by their sockets as well', () => {
  const [one, other, again] = ['/run/a.sock', '/run/b.sock', '/run/a.sock'].map(
    (unixSocket) => nameTestSource({ peer: undefined, unixSocket })[1],
  );
  expect([one === again, one === other]).toEqual([true, false]);
});

it('copies of this package know each other’s headers', async () => {
  expect(
    await inProcess(
      `
      import { createRequire } from 'node:module';
      import { nameTestSource, testSourceOf } from '@trusted-header/node';
      const copies = [
        await import('./dist/index.js?copy'),
        createRequire(process.cwd() + '/x.js')('./dist/cjs/index.cjs'),
      ];
      const source = { peer: '172.20.0.2' };
      console.log(JSON.stringify([
        ...copies.map((copy) => copy.testSourceOf(nameTestSource(source))),
        ...copies.map((copy) => testSourceOf(copy.nameTestSource(source))),
        copies.every((copy) => copy.testSourceOf !== testSourceOf),
      ]));`,
      { JEST_WORKER_ID: '1' },
    ),
  ).toEqual([...Array.from({ length: 4 }, () => ({ peer: '172.20.0.2', fromTest: true })), true]);
});
