import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from './raw-request.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

const STRANGER = '127.0.0.2';
const JOHN = 'Remote-User: john';
const UPGRADE = ['Upgrade: x', 'Connection: Upgrade'];

function head(first: string, ...lines: readonly string[]): string {
  return [first, 'Host: app', ...lines, '', ''].join('\r\n');
}

const get = (...lines: readonly string[]) => head('GET / HTTP/1.1', 'Connection: close', ...lines);

/** An adapter that makes requests of its own, whose handler asks and tells; and who else listens to its server. */
const ADAPTER = `
  import { compileAdmission } from '@trusted-header/core';
  import { placeGuard } from '@trusted-header/node';
  const shown = [];
  const telling = createAuthenticator({
    trustedProxies: '127.0.0.1',
    log: false,
    onDecision: ({ decision, request }) => events.push(decision.kind + ' of ' + (request?.made ? 'the framework' : 'Node')),
  });
  const handler = (req, res) => {
    seen.push('handler');
    if (req.url !== '/unread') decideRequest(req, telling, { made: true });
    res.end(whoIs(req));
  };
  const admit = compileAdmission({ authenticator: telling, sameOrigin: 'unsafe' });
  const plan = {
    authenticator: telling,
    probe: undefined,
    admit,
    admitSockets: admit,
    handler,
    onDecided: (req, { kind }) => {
      const left = Object.keys(req.headers).filter((name) => name.startsWith('remote'));
      shown.push([kind, ...left, ...(events.length > 0 ? ['told'] : [])].join(' '));
    },
  };
  answers = () => ({ seen: seen.splice(0), events: events.splice(0), shown: shown.splice(0) });
`;

describe('a guard whose handler refuses and tells observers by itself', () => {
  let app: ServerProcess & { readonly alone?: number };
  beforeAll(async () => {
    app = await startServerProcess(`${ADAPTER}
      const guard = (server, handler) => placeGuard(server, { ...plan, handler, handlerRefuses: true, handlerTells: true });
      const server = http.createServer(handler);
      server.on('request', () => seen.push('another'));
      guard(server, handler);
      server.on('connect', (req, socket) => { seen.push('connect'); socket.end(); });
      const same = (...args) => handler(...args);
      const alone = http.createServer(same);
      alone.on('checkContinue', () => seen.push('checkContinue'));
      alone.on('checkExpectation', () => seen.push('checkExpectation'));
      const { emit } = alone;
      alone.emit = (event, ...args) => {
        if (event === 'request') seen.push('measured');
        return Reflect.apply(emit, alone, [event, ...args]);
      };
      guard(alone, same);
      // As a platform or a test does that has no connection.
      const { Readable } = await import('node:stream');
      const inject = (lines) => {
        const req = Object.assign(Readable.from([]), {
          method: 'GET', url: '/unread', httpVersionMajor: 1, headers: {}, rawHeaders: lines,
        });
        const res = new http.ServerResponse(req);
        alone.emit('request', req, res);
        const left = [...req.rawHeaders];
        res.emit('close');
        return { left, kept: whoIs(req), events: events.splice(0), seen: seen.splice(0), shown: shown.splice(0) };
      };
      const answer = answers;
      answers = (word) => (word === 'inject' ? inject(['Remote-User', 'root']) : answer());
      tell({ port: await listen(server), alone: await listen(alone) });
    `);
  });
  afterAll(() => app.stop());

  it.each([
    ['a stranger’s claim', STRANGER, [JOHN], 'refused'],
    ['nobody', '127.0.0.1', [], 'anonymous'],
  ])('sends %s to it, and to no other listener', async (_, localAddress, lines, kind) => {
    expect(await sendRaw({ port: app.port, localAddress }, get(...lines))).toMatch(
      new RegExp(`^HTTP/1.1 200 .*${kind}$`, 's'),
    );
    expect(await app.ask()).toEqual({
      seen: ['handler'],
      events: [`${kind} of the framework`],
      shown: [kind],
    });
  });

  it('sends it nobody as the server does, where nobody else listens', async () => {
    expect(await sendRaw({ port: app.alone ?? 0 }, get())).toMatch(/anonymous$/);
    expect(await app.ask()).toMatchObject({ seen: ['measured', 'handler'] });
  });

  it('sends a user from another site to it as refused', async () => {
    const bytes = ['Content-Length: 0', 'Connection: close', 'Origin: http://other', JOHN];
    const answer = await sendRaw({ port: app.port }, head('POST / HTTP/1.1', ...bytes));
    expect(answer).toMatch(/^HTTP\/1.1 200 .*refused$/s);
    expect(await app.ask()).toMatchObject({
      seen: ['handler'],
      shown: ['authenticated', 'refused told'],
    });
  });

  it('decides what is injected without a connection, and tells of it when it is answered', async () => {
    expect(await app.ask('inject')).toEqual({
      left: [],
      kept: 'refused',
      events: ['refused of Node'],
      seen: ['measured', 'handler'],
      shown: ['refused'],
    });
  });

  it('sends a user to everybody, told once, with the framework’s request', async () => {
    expect(await sendRaw({ port: app.port }, get(JOHN))).toMatch(/john$/);
    expect(await app.ask()).toEqual({
      seen: ['handler', 'another'],
      events: ['authenticated of the framework'],
      shown: ['authenticated'],
    });
  });

  it('tells observers of a request that the handler never looks at, when it is over', async () => {
    const bytes = head('GET /unread HTTP/1.1', 'Connection: close', JOHN);
    expect(await sendRaw({ port: app.port }, bytes)).toMatch(/john$/);
    expect(await app.ask()).toMatchObject({ events: ['authenticated of Node'] });
  });

  it('lets nobody who expects to continue reach anybody but it', async () => {
    const body = ['Expect: 100-continue', 'Content-Length: 0', 'Connection: close'];
    const answer = await sendRaw({ port: app.alone ?? 0 }, head('POST / HTTP/1.1', ...body));
    expect(answer).toMatch(/^HTTP\/1.1 100 .*HTTP\/1.1 200 .*anonymous$/s);
    expect(await app.ask()).toMatchObject({ seen: ['handler'] });
  });

  it.each([
    [STRANGER, [JOHN], 403, 'refused'],
    ['127.0.0.1', [], 401, 'anonymous'],
  ])(
    'answers by itself what is no request of a handler: from %s %j',
    async (localAddress, lines, status, kind) => {
      const odd = ['Expect: odd', 'Content-Length: 0', 'Connection: close', ...lines];
      for (const [port, bytes] of [
        [app.alone ?? 0, head('POST / HTTP/1.1', ...odd)],
        [app.port, head('CONNECT app:80 HTTP/1.1', ...lines)],
        [app.port, head('GET / HTTP/1.1', ...UPGRADE, ...lines)],
      ] as const) {
        const answer = await sendRaw({ port, localAddress }, bytes);
        if (bytes.includes('Upgrade')) expect(answer).toContain(kind);
        else expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      }
      const { seen, events } = Object(await app.ask());
      expect(seen).toEqual(['handler']);
      expect(events).toHaveLength(3);
    },
  );
});

it('a guard whose handler asks, and refuses nothing, answers a claim by itself', async () => {
  const app = await startServerProcess(`${ADAPTER}
    const server = http.createServer(handler);
    placeGuard(server, plan);
    tell({ port: await listen(server) });
  `);
  expect(await sendRaw({ port: app.port, localAddress: STRANGER }, get(JOHN))).toMatch(
    /^HTTP\/1.1 403 /,
  );
  expect(await app.ask()).toEqual({
    seen: [],
    events: ['refused of Node'],
    shown: ['refused told'],
  });
  app.stop();
});

describe('a guard that only strips', () => {
  let app: ServerProcess & { readonly streams?: number };
  beforeAll(async () => {
    // Somebody behind decides about some of the requests, whatever has been made of them by then.
    app = await startServerProcess(`${ADAPTER}
      const front = { ...plan, stripsOnly: true };
      const server = http.createServer((req, res) => {
        spy('handler', req);
        req.url = '/rewritten';
        res.end(req.headers['x-ask'] ? decideRequest(req, authenticator).kind : 'not asked');
      });
      server.maxRequestsPerSocket = 1;
      server.on('dropRequest', (req) => spy('dropRequest', req));
      server.on('upgrade', (req, socket) => { spy('upgrade', req); socket.end('HTTP/1.1 101 ' + decideRequest(req, authenticator).kind + '\\r\\n\\r\\n'); });
      placeGuard(server, front);
      const streams = http2.createServer();
      streams.on('stream', (stream, headers, _flags, rawHeaders) => {
        spy('stream', { headers, rawHeaders });
        stream.respond();
        stream.end(keptDecision(stream)?.kind ?? 'undecided');
      });
      placeGuard(streams, front);
      answers = () => ({ read: read.splice(0), seen: seen.splice(0), events: events.splice(0) });
      tell({ port: await listen(server), streams: await listen(streams) });
    `);
  });
  afterAll(() => app.stop());

  it.each([
    ['127.0.0.1', 'authenticated'],
    [STRANGER, 'refused'],
  ])('keeps for who asks behind it that %s is %s', async (localAddress, kind) => {
    const where = { port: app.port, localAddress };
    expect(await sendRaw(where, get(JOHN))).toMatch(/not asked$/);
    expect(await sendRaw(where, get(JOHN, 'X-Ask: yes'))).toMatch(new RegExp(`${kind}$`));
    expect(await sendRaw(where, head('GET / HTTP/1.1', ...UPGRADE, JOHN))).toContain(`101 ${kind}`);
    expect(await app.ask()).toMatchObject({ read: [], seen: ['handler', 'handler', 'upgrade'] });
  });

  it('strips what Node drops, and streams of HTTP/2', async () => {
    await sendRaw({ port: app.port }, head('GET / HTTP/1.1', JOHN) + get(JOHN));
    const session = connectHttp2(`http://127.0.0.1:${app.streams}`);
    const stream = session.request({ 'remote-user': 'john' });
    await once(stream, 'response');
    expect(await text(stream)).toBe('undecided');
    session.close();
    expect(await app.ask()).toEqual({
      read: [],
      seen: ['handler', 'dropRequest', 'stream'],
      events: [],
    });
  });
});
