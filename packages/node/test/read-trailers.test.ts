import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { connect } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { type ReadTrailers, readTrailers, stripHeaders } from '../src/index.js';
import { listen, portOf } from './raw-request.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Sends bytes, and gives what was read behind them, how long that took, and the request. */
async function readBehind(
  bytes: string,
  before: (req: IncomingMessage) => unknown = () => undefined,
): Promise<{ readonly read: ReadTrailers; readonly ms: number; readonly req: IncomingMessage }> {
  const server = createServer();
  const arrived = new Promise<IncomingMessage>((resolve) => {
    for (const event of ['request', 'upgrade', 'connect']) server.once(event, resolve);
  });
  await listen(server, '127.0.0.1');
  const socket = connect(portOf(server), '127.0.0.1').on('error', () => undefined);
  closers.push(
    () => server.close(),
    () => socket.destroy(),
  );
  socket.write(bytes);
  const req = await arrived;
  await before(req);
  const start = performance.now();
  const read = await readTrailers(req);
  return { read, ms: performance.now() - start, req };
}

function head(first: string, ...lines: readonly string[]): string {
  return [first, 'Host: app', ...lines, '', ''].join('\r\n');
}

const CHUNKED = `${head('POST / HTTP/1.1', 'Transfer-Encoding: chunked')}3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n`;
const sized = (size: number) =>
  head('POST / HTTP/1.1', `Content-Length: ${size}`) + 'x'.repeat(size);
const GIVEN_UP = { lines: [], isWhole: false };

/** A profile whose user is what comes behind the body. */
const SUM = { id: 'sum', user: { header: 'X-Sum' } };

it.each([
  ['a body', () => undefined],
  [
    'a body, whatever of it is hidden from others',
    (req: IncomingMessage) => {
      stripHeaders(req, createAuthenticator({ trustedProxies: '127.0.0.1', profile: SUM }));
      return expect(req.rawTrailers).toEqual([]);
    },
  ],
  ['a body that somebody has read', async (req: IncomingMessage) => once(req.resume(), 'end')],
])('gives what comes behind %s', async (_, before) => {
  const { read, req } = await readBehind(CHUNKED, before);
  expect(read).toEqual({ lines: ['X-Sum', '7'], isWhole: true });
  expect(req.listenerCount('data')).toBe(0);
});

it('reads 64 KiB of a body', async () => {
  expect((await readBehind(sized(65_536))).read).toEqual({ lines: [], isWhole: true });
});

it('reads no more than that, and has the rest wait', async () => {
  const { read, ms, req } = await readBehind(sized(65_537));
  expect(read).toEqual(GIVEN_UP);
  expect(req.isPaused()).toBe(true);
  expect(ms).toBeLessThan(2_500);
});

it.each([
  [
    'a request that is gone',
    head('POST / HTTP/1.1', 'Content-Length: 9'),
    (req: IncomingMessage) => once(req.destroy(), 'close'),
  ],
  [
    'a request that goes meanwhile',
    head('POST / HTTP/1.1', 'Content-Length: 9'),
    (req: IncomingMessage) => void setImmediate(() => req.socket.destroy()),
  ],
  ['CONNECT, which has no end', head('CONNECT app:80 HTTP/1.1'), () => undefined],
  [
    'an upgrade, which has none',
    head('GET / HTTP/1.1', 'Upgrade: x', 'Connection: Upgrade'),
    () => undefined,
  ],
])('waits for nothing behind %s', async (_, bytes, before) => {
  const { read, ms } = await readBehind(bytes, before);
  expect(read).toEqual(GIVEN_UP);
  expect(ms).toBeLessThan(2_500);
});

it('waits for nothing behind CONNECT of HTTP/2', async () => {
  const server = createHttp2Server(() => undefined);
  const read = new Promise((resolve, reject) => {
    server.on('connect', (req, res) => {
      readTrailers(req).then(resolve, reject);
      setTimeout(reject, 2_500).unref();
      res.end();
    });
  });
  await listen(server, '127.0.0.1');
  const session = connectHttp2(`http://127.0.0.1:${portOf(server)}`);
  closers.push(
    () => session.destroy(),
    () => server.close(),
  );
  session.request({ ':method': 'CONNECT', ':authority': 'app:80' }).on('error', () => undefined);
  expect(await read).toEqual(GIVEN_UP);
});
