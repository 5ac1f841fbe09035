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
import { guardServer, standInFront } from '../src/index.js';
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
    const person = { accept: 'text/html', 'accept-language': 'de' };
    expect(await visit(server, STRANGER, { ...john, ...person })).toEqual([
      403,
      expect.stringContaining('<html lang="de"'),
    ]);
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

  it('lets the application answer what is refused of requests', async () => {
    const server = createServer((_req, res) => res.end('in'));
    servers.push(server);
    guardServer(server, { authenticator, onRefusal: ({ code }, _req, res) => res.end(code) });
    await listen(server, '127.0.0.1');
    const nobody = await visit(server, '127.0.0.1', {});
    expect(nobody).toEqual([200, 'authentication-required']);
    const mallory = await visit(server, STRANGER, { 'remote-user': 'mallory' });
    expect(mallory).toEqual([200, 'peer-untrusted']);
  });

  it('decides CONNECT as it does sockets, at once, and answers it by itself', async () => {
    const events: string[] = [];
    const heard: unknown[] = [];
    const refusals: string[] = [];
    const server = createServer((_req, res) => res.end('in'));
    server.on('connect', (req, res) => {
      heard.push([keptDecision(req)?.kind, [...events]]);
      res.end('connected');
    });
    servers.push(server);
    guardServer(server, {
      authenticator: createAuthenticator({
        trustedProxies: '127.0.0.1',
        log: false,
        onDecision: ({ decision }) => events.push(decision.kind),
      }),
      anonymous: 'allow',
      anonymousSockets: 'refuse',
      onRefusal: ({ code }, _req, res) => {
        refusals.push(code);
        res.end();
      },
    });
    await listen(server, '127.0.0.1');
    const connecting = { ':method': 'CONNECT', ':authority': 'app:80' };
    expect((await visit(server, '127.0.0.1', {}))[0]).toBe(200);
    const [status, body] = await visit(server, '127.0.0.1', connecting);
    expect([status, body]).toEqual([401, expect.stringContaining('authentication-required')]);
    expect(heard).toEqual([]);
    expect(events).toEqual(['anonymous', 'anonymous']);
    const john = { ...connecting, 'remote-user': 'john' };
    expect(await visit(server, '127.0.0.1', john)).toEqual([200, 'connected']);
    expect(heard).toEqual([['authenticated', ['anonymous', 'anonymous', 'authenticated']]]);
    expect(refusals).toEqual([]);
  });

  it.each<readonly [string, (stream: ServerHttp2Stream) => void]>([
    ['is gone', (stream) => stream.destroy()],
    [
      'somebody in front of it has answered',
      (stream) => {
        stream.respond();
        stream.end('early');
      },
    ],
  ])('leaves a stream alone that %s', async (_, make) => {
    const server = createServer();
    server.on('stream', (stream) => stream.respond());
    servers.push(server);
    const all = { onRequest: () => true, onUpgrade: () => true, onDropped: () => undefined };
    let isOver = false;
    standInFront(server, {
      ...all,
      onStream(stream) {
        make(stream);
        stream.once('close', () => {
          isOver = true;
        });
        return true;
      },
    });
    guardServer(server, authenticator);
    await listen(server, '127.0.0.1');
    const session = connect(`http://127.0.0.1:${portOf(server)}`);
    const stream = session
      .request({})
      .on('error', () => undefined)
      .resume();
    await once(stream, 'close');
    session.close();
    expect(isOver).toBe(true);
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
