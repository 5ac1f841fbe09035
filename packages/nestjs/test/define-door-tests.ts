import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { JOHN, visit } from './start.js';
import type { DoorApp } from './start-door-app.js';

type Start = (args: readonly string[]) => Promise<DoorApp>;

const STRANGER = { headers: { 'Remote-User': 'root' }, from: '127.0.0.2' };
const TWICE = { headers: { 'Remote-User': 'root', remote_user: 'root' } };

/** Defines what must hold at the door of a Nest application, whatever its version and platform. */
export function defineDoorTests(platform: 'express' | 'fastify', start: Start): void {
  describe.each(['io', 'ws'])(`${platform} with gateways of %s`, (sockets) => {
    let app: DoorApp;
    beforeAll(async () => {
      app = await start([platform, sockets]);
    });
    afterAll(() => app.stop());

    it('lets nobody read a claim, and nobody in: logger, middleware, second server', async () => {
      for (const port of [app.port, app.second]) {
        expect((await visit(port, '/', STRANGER)).status).toBe(403);
        expect((await visit(port, '/', TWICE)).status).toBe(403);
        expect((await visit(port, '/')).status).toBe(401);
        expect((await visit(port, '/nowhere')).status).toBe(401);
        expect(await visit(port, '/', { headers: JOHN })).toMatchObject({
          status: 200,
          body: 'home',
        });
        expect(await visit(port, '/trains')).toMatchObject({ status: 200, body: 'trains' });
      }
      expect(await app.report()).toEqual({ read: [], connected: [] });
    });

    it.each([
      ['CONNECT app:80 HTTP/1.1', 403],
      ['GET / HTTP/1.1\r\nExpect: 100-continue', 403],
      // Node itself, before anybody is asked.
      ['POST /post HTTP/1.1\r\nExpect: something-else\r\nContent-Length: 0', 417],
    ])('refuses a claim that comes as %j', async (head, status) => {
      const answer = await sendRaw(app.port, `${head}\r\nHost: app\r\nRemote-User: root\r\n`);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect((await app.report()).read).toEqual([]);
    });

    it('lets nobody read a claim in a request that Node drops', async () => {
      const first = 'GET /trains HTTP/1.1\r\nHost: app\r\n\r\n';
      const answer = await sendRaw(
        app.port,
        `${first}GET / HTTP/1.1\r\nHost: app\r\nRemote-User: root\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1.1 200 .*HTTP\/1.1 503 /s);
      expect((await app.report()).read).toEqual([]);
    });

    it('opens no tunnel for nobody', async () => {
      expect(
        await sendRaw(app.port, 'CONNECT app:80 HTTP/1.1\r\nHost: app\r\n', '127.0.0.1'),
      ).toMatch(/^HTTP\/1.1 401 /);
    });

    it('opens no socket for nobody or for a stranger, on the port of the application or its own', async () => {
      const path = sockets === 'io' ? '/socket.io/?EIO=4&transport=websocket' : '/live';
      const own = sockets === 'io' ? path : '/';
      for (const [port, target] of [
        [app.port, path],
        [app.second, path],
        [app.ownPort, own],
      ] as const) {
        for (const [headers, localAddress] of [
          [{}, '127.0.0.1'],
          [{}, '127.0.0.2'],
          [STRANGER.headers, '127.0.0.2'],
        ] as const) {
          const socket = new WebSocket(`ws://127.0.0.1:${port}${target}`, {
            headers,
            localAddress,
          });
          const [error] = await once(socket, 'error');
          expect(String(error)).toMatch(/40[134]|socket hang up/);
        }
      }
      expect(await app.report()).toEqual({ read: [], connected: [] });
    });

    it('opens one for a user, on both ports', async () => {
      const path = sockets === 'io' ? '/socket.io/?EIO=4&transport=websocket' : '/live';
      for (const url of [
        `ws://127.0.0.1:${app.port}${path}`,
        `ws://127.0.0.1:${app.ownPort}${sockets === 'io' ? path : '/'}`,
      ]) {
        if (sockets === 'io') await connectIo(url, JOHN);
        else await once(new WebSocket(url, { headers: JOHN }), 'open');
      }
      expect(await app.report()).toEqual({ read: [], connected: ['john', 'john'] });
    });

    it('answers 401 to a body of nobody, whether it can be parsed or not', async () => {
      for (const [type, body] of [
        ['application/json', '{"a":'],
        ['application/x-odd', 'x'],
        ['application/json', '{"a":1}'],
      ] as const) {
        const headers = { 'Content-Type': type, 'Content-Length': String(body.length) };
        const request = { method: 'POST', body };
        expect((await visit(app.port, '/post', { ...request, headers })).status).toBe(401);
        const { status } = await visit(app.port, '/post', {
          ...request,
          headers: { ...headers, ...JOHN },
        });
        expect(status).not.toBe(401);
      }
    });

    it('keeps a policy under a decorator that wraps, and opens nothing by inheritance', async () => {
      const admin = { headers: { 'Remote-User': 'jane', 'Remote-Groups': 'admin' } };
      expect((await visit(app.port, '/traced', { headers: JOHN })).status).toBe(403);
      expect(await visit(app.port, '/traced', admin)).toMatchObject({ status: 200, body: 'admin' });
      expect((await visit(app.port, '/overriding/secret', { headers: JOHN })).status).toBe(403);
      expect((await visit(app.port, '/overriding/secret', admin)).body).toBe('overridden');
      expect((await visit(app.port, '/derived/own')).status).toBe(401);
      expect((await visit(app.port, '/derived/inherited')).status).toBe(401);
      expect((await visit(app.port, '/derived/own', { headers: JOHN })).body).toBe('own');
    });

    it('hits no route by a parameter of its query', async () => {
      for (const query of [
        'transport=websocket',
        'transport=polling',
        'EIO=4&transport=polling#',
      ]) {
        expect(await visit(app.port, `/trains?${query}`)).toMatchObject({
          status: 200,
          body: 'trains',
        });
      }
    });
  });

  describe(`${platform} with socket.io, by polling`, () => {
    let app: DoorApp;
    beforeAll(async () => {
      app = await start([platform, 'io']);
    });
    afterAll(() => app.stop());

    it.each([
      '/socket.io/?EIO=4&transport=polling',
      '/socket.io/?EIO=4&transport=polling#',
      '/socket.io/?EIO=4&transport=polling#x',
      '/socket.io/?EIO=4&%74ransport=polling',
      '/socket.io/?EIO=4&transport=polling&transport=websocket',
      '/socket.io?EIO=4&transport=polling#',
      '/socket.io/#?EIO=4&transport=polling',
      '/socket.io/?EIO=4;transport=polling',
      'http://app/socket.io/?EIO=4&transport=polling#',
    ])('nobody gets no session from %s', async (path) => {
      for (const port of [app.port, app.second, app.ownPort]) {
        for (const from of ['127.0.0.1', '127.0.0.2']) {
          const { status, body } = await visit(port, path, { from });
          expect([status, body.includes('sid')]).not.toEqual([200, true]);
          expect(status).toBeGreaterThanOrEqual(400);
        }
        expect((await visit(port, path, STRANGER)).status).toBe(403);
      }
      expect(await app.report()).toEqual({ read: [], connected: [] });
    });

    it('a user gets one, and nobody can go on with it', async () => {
      const path = '/socket.io/?EIO=4&transport=polling';
      const { status, body } = await visit(app.port, path, { headers: JOHN });
      expect(status).toBe(200);
      const { sid } = JSON.parse(body.slice(1));
      const post = { method: 'POST', body: '40' };
      for (const end of ['', '#']) {
        const session = `/socket.io/?EIO=4&sid=${sid}&transport=polling${end}`;
        expect((await visit(app.port, session, post)).status).toBeGreaterThanOrEqual(400);
        expect((await visit(app.port, session)).status).toBeGreaterThanOrEqual(400);
      }
      expect(await app.report()).toEqual({ read: [], connected: [] });
    });
  });

  it(`${platform} stands in front of the second server for localhost as well`, async () => {
    const app = await start([platform, 'ws', '{}', 'dual']);
    try {
      for (const host of ['127.0.0.1', '::1']) {
        if (host === '::1' && platform === 'express') continue;
        expect((await visit(app.port, '/', { host, headers: JOHN })).body).toBe('home');
        expect((await visit(app.port, '/trains', { host })).body).toBe('trains');
        expect((await visit(app.port, '/', { host })).status).toBe(401);
      }
      expect((await app.report()).read).toEqual([]);
    } finally {
      app.stop();
    }
  });
}

/** Sends exact bytes as a stranger, and gives the answer. */
async function sendRaw(port: number, head: string, localAddress = '127.0.0.2'): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, localAddress });
  socket.write(`${head}Connection: close\r\n\r\n`);
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes;
  });
  await once(socket, 'close');
  return text;
}

/** Connects as socket.io does; Nest hears of a client after its first packet. */
async function connectIo(url: string, extraHeaders: Record<string, string>): Promise<void> {
  const { origin } = new URL(url);
  const socket = io(origin.replace('ws:', 'http:'), {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders,
  });
  await new Promise((done, failed) => {
    socket.once('connect', () => done(undefined));
    socket.once('connect_error', failed);
  });
  socket.disconnect();
}
