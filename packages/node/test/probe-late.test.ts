import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  connect as connectHttp2,
  createServer as createHttp2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it, jest } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { openProbe } from '../src/index.js';
import { listen, portOf } from './raw-request.js';

const TOKEN = '00112233445566778899aabbccddeeff';

afterAll(() => {
  delete process.env.TRUSTED_HEADER_PROBE;
});

it('answers what came in time, though the time is over when it is asked for again', async () => {
  process.env.TRUSTED_HEADER_PROBE = TOKEN;
  const receiver = openProbe(
    createAuthenticator({ trustedProxies: '127.0.0.1', log: false }),
    'node',
  );
  const seen: unknown[] = [];
  const server = createServer((req, res) => {
    seen.push(receiver?.isProbe(req));
    const later = performance.now() + 15 * 60_000;
    const now = jest.spyOn(performance, 'now').mockReturnValue(later);
    if (receiver?.answers(req, res) !== true) res.end('of the application');
    now.mockRestore();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ask = () => {
    const socket = connect(portOf(server), '127.0.0.1');
    const lines = [
      'GET / HTTP/1.1',
      'Host: app',
      'Connection: close',
      `Trusted-Header-Probe: ${TOKEN}`,
    ];
    socket.write([...lines, '', ''].join('\r\n'));
    return text(socket);
  };
  const answer = await ask();
  server.close();
  expect(answer).toMatch(/^HTTP\/1.1 200 .*"receiver":1/s);
  expect(seen).toEqual([true]);
});

it('answers no stream of HTTP/2 without the token', async () => {
  process.env.TRUSTED_HEADER_PROBE = TOKEN;
  const receiver = openProbe(
    createAuthenticator({ trustedProxies: '127.0.0.1', log: false }),
    'node',
  );
  const answered: unknown[] = [];
  const server = createHttp2Server();
  const answer = (
    stream: ServerHttp2Stream,
    _headers: IncomingHttpHeaders,
    _flags: number,
    rawHeaders: string[],
  ): void => {
    answered.push(receiver?.answersStream(stream, rawHeaders));
    if (answered.at(-1) !== false) return;
    stream.respond();
    stream.end('of the application');
  };
  server.on('stream', answer);
  await listen(server, '127.0.0.1');
  const session = connectHttp2(`http://127.0.0.1:${portOf(server)}`);
  const bodies = [];
  for (const headers of [{}, { 'trusted-header-probe': TOKEN }]) {
    bodies.push(await text(session.request(headers)));
  }
  session.close();
  server.close();
  expect(answered).toEqual([false, true]);
  expect(bodies).toEqual(['of the application', expect.stringContaining('"receiver":1')]);
});
