import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError } from '@trusted-header/core';
import { guardServer } from '../src/index.js';
import { openHalf } from './open-half.js';
import { sendRaw } from './raw-request.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

const STRANGER = '127.0.0.2';

/** A request of these lines that closes its connection. */
function head(first: string, ...lines: readonly string[]): string {
  return [first, 'Host: app', ...lines, '', ''].join('\r\n');
}

const ROOT = 'Remote-User: root';
const JOHN = 'Remote-User: john';

describe('guardServer', () => {
  let app: ServerProcess & { readonly second?: number };
  beforeAll(async () => {
    // Everything that a server can hand over, and somebody who listens to it, before and after the guard.
    app = await startServerProcess(`
      const handler = (req, res) => { spy('handler', req); res.end('for ' + whoIs(req)); };
      const server = http.createServer(handler);
      server.prependListener('request', (req) => spy('logger', req));
      guardServer(server, authenticator);
      for (const event of ['upgrade', 'connect']) {
        server.on(event, (req, socket) => { spy(event, req); socket.end('HTTP/1.1 101 for ' + whoIs(socket) + '\\r\\n\\r\\n'); });
      }
      server.on('checkContinue', (req, res) => { spy('checkContinue', req); res.writeContinue(); server.emit('request', req, res); });
      server.on('checkExpectation', (req, res) => { spy('checkExpectation', req); res.end('expected by ' + whoIs(req)); });
      server.on('dropRequest', (req) => spy('dropRequest', req));
      server.maxRequestsPerSocket = 1;
      const second = http.createServer(handler);
      second.on('upgrade', (req, socket) => { spy('second upgrade', req); socket.end('HTTP/1.1 101 \\r\\n\\r\\n'); });
      tell({ port: await listen(server), second: await listen(second) });
    `);
  });
  afterAll(() => app.stop());

  it.each([
    ['GET / HTTP/1.1', ['Connection: close']],
    ['POST / HTTP/1.1', ['Expect: 100-continue', 'Content-Length: 0', 'Connection: close']],
    ['POST / HTTP/1.1', ['Expect: odd', 'Content-Length: 0', 'Connection: close']],
    ['GET / HTTP/1.1', ['Upgrade: websocket', 'Connection: Upgrade']],
    ['CONNECT app:80 HTTP/1.1', []],
  ])(
    'answers %s %j: strangers 403, nobody 401, and nobody else hears of them',
    async (first, more) => {
      for (const [lines, localAddress, status, event] of [
        [[ROOT], STRANGER, 403, 'peer-untrusted'],
        [[ROOT, 'remote_user: root'], '127.0.0.1', 403, 'header-ambiguous'],
        [[], STRANGER, 401, 'anonymous'],
        [[], '127.0.0.1', 401, 'anonymous'],
      ] as const) {
        const { port } = app;
        const answer = await sendRaw({ port, localAddress }, head(first, ...more, ...lines));
        expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
        expect(await app.ask()).toEqual({ read: [], seen: [], events: [event] });
      }
    },
  );

  it.each([
    ['GET / HTTP/1.1', ['Connection: close'], ['logger', 'handler'], 'for john'],
    [
      'POST / HTTP/1.1',
      ['Expect: 100-continue', 'Content-Length: 0', 'Connection: close'],
      ['checkContinue', 'logger', 'handler'],
      'for john',
    ],
    [
      'POST / HTTP/1.1',
      ['Expect: odd', 'Content-Length: 0', 'Connection: close'],
      ['checkExpectation'],
      'expected by john',
    ],
    ['GET / HTTP/1.1', ['Upgrade: websocket', 'Connection: Upgrade'], ['upgrade'], '101 for john'],
    ['CONNECT app:80 HTTP/1.1', [], ['connect'], '101 for john'],
  ])(
    'lets a user pass by %s %j, without the header, decided once',
    async (first, more, who, text) => {
      const answer = await sendRaw({ port: app.port }, head(first, ...more, JOHN));
      expect(answer).toContain(text);
      expect(await app.ask()).toEqual({ read: [], seen: who, events: ['authenticated'] });
    },
  );

  it('strips a request that Node drops, of which listeners hear', async () => {
    const pipelined =
      head('GET / HTTP/1.1', JOHN) + head('GET / HTTP/1.1', 'Connection: close', ROOT);
    const answer = await sendRaw({ port: app.port }, pipelined);
    expect(answer).toMatch(/^HTTP\/1.1 200 .*for john.*HTTP\/1.1 503 /s);
    expect(await app.ask()).toEqual({
      read: [],
      seen: ['logger', 'handler', 'dropRequest'],
      events: ['authenticated', 'authenticated'],
    });
  });

  it('guards every other server of the process with the same handler', async () => {
    const port = app.second ?? 0;
    for (const more of [['Connection: close'], ['Upgrade: x', 'Connection: Upgrade']]) {
      for (const [lines, localAddress, status] of [
        [[ROOT], STRANGER, 403],
        [[], STRANGER, 401],
      ] as const) {
        const request = head('GET / HTTP/1.1', ...more, ...lines);
        expect(await sendRaw({ port, localAddress }, request)).toMatch(
          new RegExp(`^HTTP/1.1 ${status} `),
        );
      }
    }
    expect(await app.ask()).toMatchObject({ read: [], seen: [] });
    expect(await sendRaw({ port }, head('GET / HTTP/1.1', 'Connection: close', JOHN))).toContain(
      'for john',
    );
  });
});

describe('guardServer with a handler that asks by itself', () => {
  let app: ServerProcess;
  beforeAll(async () => {
    // What engine.io does: takes over the listeners, and picks requests out by its own reading of the URL.
    app = await startServerProcess(`
      const handler = (req, res) => res.end('public, for ' + whoIs(req));
      const server = http.createServer(handler);
      guardServer(server, { authenticator, handler });
      const earlier = server.listeners('request');
      server.removeAllListeners('request');
      server.on('request', (req, res) => {
        spy('polling', req);
        if (new URL(req.url, 'http://x').searchParams.has('transport')) return res.end('session of ' + whoIs(req));
        for (const each of earlier) each.call(server, req, res);
      });
      server.on('checkContinue', (req) => spy('checkContinue', req));
      server.on('upgrade', (req, socket) => { spy('upgrade', req); socket.end(); });
      tell({ port: await listen(server) });
    `);
  });
  afterAll(() => app.stop());

  it.each(['/', '/?transport=polling', '/?transport=polling#', '/?%74ransport=x'])(
    'sends nobody who asks for %s to the handler, and to nobody else',
    async (target) => {
      for (const localAddress of ['127.0.0.1', STRANGER]) {
        const request = head(`GET ${target} HTTP/1.1`, 'Connection: close');
        expect(await sendRaw({ port: app.port, localAddress }, request)).toContain(
          'public, for anonymous',
        );
      }
      expect(await app.ask()).toEqual({ read: [], seen: [], events: ['anonymous', 'anonymous'] });
    },
  );

  it('sends a user to everybody, and a stranger’s claim to nobody', async () => {
    const { port } = app;
    const request = (line: string) =>
      head('GET /?transport=polling HTTP/1.1', 'Connection: close', line);
    expect(await sendRaw({ port }, request(JOHN))).toContain('session of john');
    expect(await sendRaw({ port, localAddress: STRANGER }, request(ROOT))).toMatch(/ 403 /);
    expect(await app.ask()).toMatchObject({ read: [], seen: ['polling'] });
  });

  it('lets nobody continue to the handler, and opens no socket for nobody', async () => {
    const { port } = app;
    const body = ['Expect: 100-continue', 'Content-Length: 0', 'Connection: close'];
    expect(await sendRaw({ port }, head('POST / HTTP/1.1', ...body))).toMatch(
      /^HTTP\/1.1 100 .*public, for anonymous/s,
    );
    const upgrade = head('GET / HTTP/1.1', 'Upgrade: websocket', 'Connection: Upgrade');
    expect(await sendRaw({ port }, upgrade)).toMatch(/^HTTP\/1.1 401 /);
    expect(await app.ask()).toMatchObject({ read: [], seen: [] });
  });
});

describe('lines about nobody', () => {
  it('are written where guardServer answers 401, and not where the handler is asked', async () => {
    const app = await startServerProcess(`
      const lines = [];
      const handler = (req, res) => res.end('public');
      const server = http.createServer(handler);
      server.on('request', () => {});
      server.on('checkExpectation', (req, res) => res.end('odd'));
      guardServer(server, { trustedProxies: '127.0.0.1', log: (line) => lines.push(line), handler });
      answers = () => lines.splice(0);
      tell({ port: await listen(server) });
    `);
    const { port } = app;
    const body = ['Expect: 100-continue', 'Content-Length: 0', 'Connection: close'];
    expect(await sendRaw({ port }, head('GET / HTTP/1.1', 'Connection: close'))).toMatch(/ 200 /);
    expect(await sendRaw({ port }, head('POST / HTTP/1.1', ...body))).toContain('public');
    expect(await app.ask()).toEqual([]);
    const odd = head('POST / HTTP/1.1', 'Expect: odd', 'Content-Length: 0', 'Connection: close');
    expect(await sendRaw({ port }, odd)).toMatch(/^HTTP\/1.1 401 /);
    expect(await app.ask()).toEqual([
      'trusted-header: the proxy 127.0.0.1 sent a request without Remote-User; if that person is signed in, make it copy the headers of the authorization response (npx @trusted-header/cli proxy-config)',
    ]);
    app.stop();
  });
});

describe('what guardServer takes over', () => {
  it('is closed, also if the client keeps its side open, and the server can end', async () => {
    const app = await startServerProcess(`
      const server = http.createServer();
      guardServer(server, authenticator);
      server.on('upgrade', () => {});
      const port = await listen(server);
      answers = async () => {
        await sleep(200);
        const open = await new Promise((counted) => server.getConnections((_, count) => counted(count)));
        const ended = await Promise.race([once(server.close(), 'close').then(() => true), sleep(1000, false)]);
        return { open, ended };
      };
      tell({ port });
    `);
    const clients = await Promise.all(Array.from({ length: 50 }, () => openHalf(app.port)));
    expect(clients.every((answer) => answer.startsWith('HTTP/1.1 401 '))).toBe(true);
    expect(await app.ask()).toEqual({ open: 0, ended: true });
    app.stop();
  });
});

describe('bad options', () => {
  const server = createServer();
  const options = { trustedProxies: '127.0.0.1' } as const;

  it.each<[object, unknown, string]>([
    [{}, options, 'server: {} is no server; write the server of createServer() or listen()'],
    [server, { ...options, handler: 7 }, 'handler: 7 is not a function'],
    [server, { ...options, anonymousSockets: 'no' }, 'anonymousSockets: "no" is not a mode'],
    [server, { ...options, anonymous: 'no' }, 'anonymous: "no" is not a mode'],
    [server, '127.0.0.1', 'options: "127.0.0.1" is no options object'],
    [server, { ...options, anonymus: 'no' }, ', signIn, handler, anonymousSockets'],
    [server, {}, 'trustedProxies: undefined names no proxy'],
    [server, { authenticator: { authenticate: () => 1 } }, 'is no authenticator'],
  ])('are refused at once, with what to write instead', (given, wrong, message) => {
    const call = () => Reflect.apply(guardServer, undefined, [given, wrong]);
    expect(call).toThrow(ConfigError);
    expect(call).toThrow(message);
  });
});
