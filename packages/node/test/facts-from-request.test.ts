import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, IncomingMessage, type Server } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { createServer as createNetServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { RequestFacts } from '@trusted-header/core';
import { factsFromRequest } from '../src/index.js';
import { get, listen, portOf, sendRaw } from './raw-request.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that keeps the facts of every request. */
function recorder(): { readonly server: Server; readonly seen: RequestFacts[] } {
  const seen: RequestFacts[] = [];
  const server = createServer((req, res) => {
    seen.push(factsFromRequest(req));
    res.end();
  });
  closers.push(() => server.close());
  return { server, seen };
}

function socketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'th-'));
  closers.push(() => rmSync(folder, { recursive: true }));
  return join(folder, 'app.sock');
}

describe('factsFromRequest', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', 'the proxy'],
    ['127.0.0.1', '127.0.0.2', '127.0.0.2', 'a stranger'],
    ['::1', '::1', '::1', 'IPv6'],
    ['::', '127.0.0.1', '::ffff:127.0.0.1', 'a dual-stack listener'],
  ])('on %s reads the peer %s as %s: %s', async (host, localAddress, peer) => {
    const { server, seen } = recorder();
    await listen(server, host);
    const target = localAddress.includes(':') ? '::1' : '127.0.0.1';
    await sendRaw(
      { port: portOf(server), host: target, localAddress },
      get('X-Forwarded-For: 10.0.0.1', 'Remote-User: a', 'remote-user: b'),
    );
    expect(seen).toEqual([
      {
        peer,
        peerPort: expect.any(Number),
        truncated: false,
        rawHeaders: [
          'Host',
          'app',
          'Connection',
          'close',
          'X-Forwarded-For',
          '10.0.0.1',
          'Remote-User',
          'a',
          'remote-user',
          'b',
        ],
      },
    ]);
  });

  it('reads the path of a Unix listener (T5)', async () => {
    const path = socketPath();
    const { server, seen } = recorder();
    await listen(server, path);
    await sendRaw({ path }, get());
    expect(seen).toMatchObject([{ peer: undefined, unixSocket: path }]);
  });

  it('does not take a TCP connection for a Unix one because its server listens on a path', async () => {
    const path = socketPath();
    const { server, seen } = recorder();
    await listen(server, path);
    const front = createNetServer((socket) => server.emit('connection', socket));
    closers.push(() => front.close());
    await listen(front, '127.0.0.1');
    await sendRaw({ port: portOf(front), localAddress: '127.0.0.2' }, get());
    expect(seen).toMatchObject([{ peer: '127.0.0.2' }]);
    expect(seen[0]).not.toHaveProperty('unixSocket');
  });

  it('does not take a client that has hung up for a local one', async () => {
    const path = socketPath();
    const seen: RequestFacts[] = [];
    const server = createServer((req, res) => {
      // What a handler sees that looks only after the client is gone: no address at all.
      req.socket.destroy();
      seen.push(factsFromRequest(req));
      res.end();
    });
    closers.push(() => server.close());
    await listen(server, path);
    const front = createNetServer((socket) => server.emit('connection', socket));
    closers.push(() => front.close());
    await listen(front, '127.0.0.1');
    await sendRaw({ port: portOf(front) }, get());
    await sendRaw({ path }, get());
    expect(seen.map(({ unixSocket }) => unixSocket)).toEqual([undefined, undefined]);
  });

  it('keeps what it read first, though the headers and the connection have gone since', async () => {
    const results: RequestFacts[] = [];
    const server = createServer((req) => {
      results.push(factsFromRequest(req));
      req.rawHeaders.length = 0;
      req.socket.destroy();
      results.push(factsFromRequest(req));
    });
    closers.push(() => server.close());
    await listen(server, '127.0.0.1');
    await sendRaw({ port: portOf(server) }, get('Remote-User: a'));
    expect(results[1]).toBe(results[0]);
    expect(results[0]).toMatchObject({ peer: '127.0.0.1' });
    expect(results[0]?.rawHeaders).toContain('Remote-User');
  });

  it('gives no peer to a request whose socket no server accepted, whatever that socket says', () => {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: '127.0.0.1' });
    expect(factsFromRequest(new IncomingMessage(socket))).toEqual({
      peer: undefined,
      rawHeaders: [],
    });
  });

  it.each([
    ['127.0.0.2', '127.0.0.1', { peer: undefined, redefinedPeer: true }],
    ['127.0.0.1', undefined, { peer: undefined, redefinedPeer: true }],
    ['127.0.0.1', '127.0.0.1', { peer: '127.0.0.1', peerPort: expect.any(Number) }],
  ])(
    'believes of %s nothing that somebody has put on its socket but what the kernel says: %s (T9)',
    async (localAddress, remoteAddress, facts) => {
      const { server, seen } = recorder();
      server.prependListener('connection', (socket) =>
        Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress }),
      );
      await listen(server, '127.0.0.1');
      await sendRaw({ port: portOf(server), localAddress }, get());
      const rawHeaders = ['Host', 'app', 'Connection', 'close'];
      expect(seen).toEqual([{ ...facts, truncated: false, rawHeaders }]);
    },
  );

  it('gives no peer to a request whose socket names something as its server that is none', () => {
    const socket = new Socket();
    Object.defineProperty(socket, 'server', { value: { maxHeadersCount: 1 } });
    const req = new IncomingMessage(socket);
    req.rawHeaders = ['Remote-User', 'john'];
    expect(factsFromRequest(req)).toEqual({ peer: undefined, rawHeaders: ['Remote-User', 'john'] });
  });

  it.each([
    [undefined, 999, false],
    [undefined, 1000, true],
    [50, 49, false],
    [50, 50, true],
    [0, 1200, false],
  ])(
    'with maxHeadersCount %p says of %d lines that some were dropped: %p (H11)',
    async (most, count, truncated) => {
      const { server, seen } = recorder();
      if (most !== undefined) server.maxHeadersCount = most;
      await listen(server, '127.0.0.1');
      // `get` brings two lines of its own.
      await sendRaw(
        { port: portOf(server) },
        get(...Array.from({ length: count - 2 }, (_, i) => `X-${i}: 1`)),
      );
      expect(seen).toMatchObject([{ truncated }]);
    },
  );

  it('reads requests of the upgrade event', async () => {
    const seen: RequestFacts[] = [];
    const server = createServer();
    server.on('upgrade', (req, socket) => {
      seen.push(factsFromRequest(req));
      socket.destroy();
    });
    closers.push(() => server.close());
    await listen(server, '127.0.0.1');
    await sendRaw(
      { port: portOf(server), localAddress: '127.0.0.2' },
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nRemote-User: a\r\n\r\n',
    );
    expect(seen).toMatchObject([{ peer: '127.0.0.2' }]);
    expect(seen[0]?.rawHeaders).toContain('Remote-User');
  });

  it('reads HTTP/2 compatibility requests, also after the session is gone', async () => {
    const seen: RequestFacts[] = [];
    const server = createHttp2Server();
    server.on('request', (req, res) => {
      seen.push(factsFromRequest(req));
      res.end();
    });
    closers.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = connectHttp2(`http://127.0.0.1:${portOf(server)}`);
    await new Promise((resolve) =>
      client.request({ 'remote-user': 'john' }).on('close', resolve).resume().end(),
    );
    client.close();
    expect(seen).toMatchObject([{ peer: '127.0.0.1' }]);
    expect(seen[0]?.rawHeaders.slice(-2)).toEqual(['remote-user', 'john']);
  });

  it('gives no peer to an HTTP/2 request whose session is gone', async () => {
    const seen: RequestFacts[] = [];
    const server = createHttp2Server();
    server.on('request', (req) => {
      req.stream.session?.destroy();
      setImmediate(() => seen.push(factsFromRequest(req)));
    });
    closers.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = connectHttp2(`http://127.0.0.1:${portOf(server)}`);
    client.on('error', () => undefined);
    await new Promise((resolve) =>
      client
        .request({ 'remote-user': 'john' })
        .on('error', () => undefined)
        .on('close', resolve)
        .end(),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    client.destroy();
    expect(seen).toMatchObject([{ peer: undefined }]);
  });
});
