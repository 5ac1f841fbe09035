import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { connect, createServer, type Http2ServerRequest } from 'node:http2';
import { Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { hasLeft } from '../src/index.js';
import { portOf } from './raw-request.js';

it('a client has left when its connection is gone', () => {
  const socket = new Socket();
  const req = new IncomingMessage(socket);
  expect(hasLeft(req)).toBe(false);
  socket.destroy();
  expect(hasLeft(req)).toBe(true);
});

it.each([
  ['half a socket', {}],
  ['no socket', null],
])('a request that a test injects, with %s, has nobody who could leave', (_, socket) => {
  const req: IncomingMessage = Reflect.construct(IncomingMessage, [socket]);
  expect(hasLeft(req)).toBe(false);
});

it('a client of HTTP/2 has left when its stream is gone, whatever becomes of the connection', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = connect(`http://127.0.0.1:${portOf(server)}`);
  const stream = session.request({ ':path': '/' });
  const [req]: Http2ServerRequest[] = await once(server, 'request');
  if (!req) throw new Error('no request');
  expect(hasLeft(req)).toBe(false);
  const closed = once(req.stream, 'close');
  stream.on('error', () => undefined).close();
  await closed;
  expect([hasLeft(req), session.closed]).toEqual([true, false]);
  session.destroy();
  server.close();
});
