import { once } from 'node:events';
import {
  connect,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
  sensitiveHeaders,
} from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAuthenticator, keptDecision } from '@trusted-header/core';
import { guardServer } from '../src/index.js';
import { listen, portOf } from './raw-request.js';

const STRANGER = '127.0.0.2';
const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
const servers: Http2Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** What a request came to: its status, and its body. */
async function visit(
  server: Http2Server,
  localAddress: string,
  headers: Readonly<Record<string | symbol, string | string[]>>,
  trailers: Readonly<Record<string, string>> = {},
): Promise<readonly [number | undefined, string]> {
  const port = portOf(server);
  const session = connect(`http://127.0.0.1:${port}`, {
    createConnection: () => connectSocket({ port, host: '127.0.0.1', localAddress }),
  });
  const stream = session.request({ ':method': 'POST', ...headers }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end('body');
  const [head] = await once(stream, 'response');
  const body = await text(stream);
  session.close();
  return [head[':status'], body];
}

describe('guardServer for HTTP/2', () => {
  it('decides streams of which nobody makes requests', async () => {
    const server = createServer();
    server.on(
      'stream',
      (
        stream: ServerHttp2Stream,
        headers: IncomingHttpHeaders,
        _flags: number,
        rawHeaders: string[],
      ) => {
        const decision = keptDecision(stream);
        const names = [
          ...Object.keys(headers),
          ...rawHeaders,
          ...(Reflect.get(headers, sensitiveHeaders) ?? []),
        ];
        stream.respond();
        stream.end(`${decision?.kind} ${names.filter((name) => /^remote/i.test(name))}`);
      },
    );
    servers.push(server);
    guardServer(server, authenticator);
    await listen(server, '127.0.0.1');
    const john: Readonly<Record<string | symbol, string | string[]>> = {
      'remote-user': 'john',
      [sensitiveHeaders]: ['remote-user'],
    };
    expect(await visit(server, '127.0.0.1', john)).toEqual([200, 'authenticated ']);
    expect((await visit(server, STRANGER, john))[0]).toBe(403);
    expect((await visit(server, '127.0.0.1', {}))[0]).toBe(401);
    const twice = { 'remote-user': 'john', remote_user: 'mallory' };
    expect((await visit(server, '127.0.0.1', twice))[0]).toBe(403);
  });

  it('decides requests once, for listeners of streams and of requests', async () => {
    const seen: unknown[] = [];
    let events = 0;
    const counting = createAuthenticator({
      trustedProxies: '127.0.0.1',
      log: false,
      onDecision: () => {
        events++;
      },
    });
    const server = createServer((req, res) => {
      seen.push(['request', keptDecision(req)?.kind, req.headers['remote-user']]);
      res.end('in');
    });
    server.prependListener('stream', (stream, headers) => {
      seen.push(['stream', keptDecision(stream)?.kind, headers['remote-user']]);
    });
    servers.push(server);
    guardServer(server, counting);
    await listen(server, '127.0.0.1');
    expect((await visit(server, STRANGER, { 'remote-user': 'mallory' }))[0]).toBe(403);
    expect((await visit(server, STRANGER, {}))[0]).toBe(401);
    expect(await visit(server, '127.0.0.1', { 'remote-user': 'john' })).toEqual([200, 'in']);
    expect(seen).toEqual([
      ['stream', 'authenticated', undefined],
      ['request', 'authenticated', undefined],
    ]);
    expect(events).toBe(3);
  });

  it('shows no trailer that names a user', async () => {
    const server = createServer(async (req, res) => {
      const held = [req.trailers, req.rawTrailers];
      await text(req);
      res.end(JSON.stringify([...held, req.trailers, req.rawTrailers]));
    });
    servers.push(server);
    guardServer(server, authenticator);
    await listen(server, '127.0.0.1');
    const trailers = { 'remote-user': 'mallory', 'x-other': '1' };
    const [status, body] = await visit(server, '127.0.0.1', { 'remote-user': 'john' }, trailers);
    expect(status).toBe(200);
    expect(body).toContain('x-other');
    expect(body).not.toMatch(/mallory|remote/);
  });
});
