import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { type RunningDev, startDev } from '../src/index.js';
import { ask, sendRaw, signIn } from './client.js';
import { type EchoApp, startEchoApp, valuesOf } from './echo-app.js';

let app: EchoApp;
let dev: RunningDev;
let gateway: string;
let cookie: string;
const log: string[] = [];

beforeAll(async () => {
  app = await startEchoApp();
  dev = await startDev({
    users: [
      { user: 'zoë', groups: ['dev'], name: 'Zoë' },
      { user: 'ops', password: 'secret' },
    ],
    upstreams: [
      { target: app.url, port: 0, bypass: ['/public'], deny: ['/denied'] },
      { target: app.url, port: 0, groups: ['admin'], name: 'back office' },
      { target: 'http://127.0.0.1:1', port: 0, name: 'down' },
    ],
    portalPort: 0,
    log: (line) => log.push(line),
  });
  gateway = dev.gateways[0]?.url ?? '';
  cookie = await signIn(dev.portalUrl, { pick: 'zoë' });
});
afterAll(async () => {
  await dev.close();
  await app.close();
});

const last = () => {
  const received = app.received.at(-1);
  if (!received) throw new Error('the application got nothing');
  return received;
};
const identityLines = () =>
  last().lines.filter((name, i) => i % 2 === 0 && /^remote[-_.]/i.test(name));

describe('the gateway', () => {
  it('sends visitors who are not signed in to the portal, under the host name that they used', async () => {
    const { port } = new URL(dev.portalUrl);
    const at = new URL(gateway).port;
    for (const host of ['localhost', '127.0.0.1', 'app.localhost']) {
      const answer = await ask(gateway, {
        path: '/x?y=1',
        headers: { accept: 'text/html', host: `${host}:${at}` },
      });
      expect([answer.status, answer.headers['location']]).toEqual([
        302,
        `http://${host}:${port}/?rd=http%3A%2F%2F${host}%3A${at}%2Fx%3Fy%3D1&rm=GET`,
      ]);
    }
    expect((await ask(gateway, { method: 'POST', headers: { accept: 'text/html' } })).status).toBe(
      303,
    );
    expect((await ask(gateway, { headers: { accept: 'application/json' } })).status).toBe(401);
  });

  it('tells the application who it is, from 127.0.0.1, in raw UTF-8', async () => {
    const answer = await ask(gateway, {
      path: '/x?y=1',
      headers: { cookie: `a=1; ${cookie}; b=2` },
    });
    expect([answer.status, answer.headers['x-app'], answer.body]).toEqual([200, 'yes', 'app 0']);
    expect(last()).toMatchObject({ peer: '127.0.0.1', method: 'GET', url: '/x?y=1' });
    expect(
      ['remote-user', 'remote-groups', 'remote-name', 'remote-email'].map((name) =>
        valuesOf(last(), name),
      ),
    ).toEqual([['zo\xc3\xab'], ['dev'], ['Zo\xc3\xab'], ['']]);
    expect(valuesOf(last(), 'cookie')).toEqual([`a=1; ${cookie}; b=2`]);
  });

  it.each([
    ['Remote-User: root', 'another user'],
    ['Remote-User: root\r\nremote-user: root2', 'twice'],
    ['REMOTE_USER: root\r\nRemote.Groups: admin\r\nremote_email: x', 'aliases'],
    ['Connection: Remote-User, Remote-Groups', 'names in Connection'],
    ['Connection: keep-alive, X-Forwarded-For, remote_user', 'more names in Connection'],
  ])('deletes what the client says of identity: %j (%s)', async (lines, _why) => {
    await sendRaw(
      gateway,
      `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n${lines}\r\nConnection: close\r\n\r\n`,
    );
    expect(identityLines()).toEqual([
      'remote-user',
      'remote-groups',
      'remote-name',
      'remote-email',
    ]);
    expect(valuesOf(last(), 'remote-user')).toEqual(['zo\xc3\xab']);
    expect(valuesOf(last(), 'connection').join()).not.toMatch(/remote/i);
    await sendRaw(
      gateway,
      `GET /public HTTP/1.1\r\nHost: localhost\r\n${lines}\r\nConnection: close\r\n\r\n`,
    );
    expect(identityLines()).toEqual([]);
  });

  it('deletes them among the trailers', async () => {
    await sendRaw(
      gateway,
      `POST / HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nTransfer-Encoding: chunked\r\nTrailer: Remote-User\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\nRemote-User: root\r\n\r\n`,
    );
    expect(last().bytes).toBe(3);
    expect(valuesOf(last(), 'remote-user')).toEqual(['zo\xc3\xab']);
    expect(valuesOf(last(), 'trailer')).toEqual([]);
  });

  it('says in the forwarded headers only what it knows itself', async () => {
    await ask(gateway, {
      path: '/x?y',
      headers: {
        cookie,
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil',
        forwarded: 'for=1.2.3.4',
        'x-real-ip': '1.2.3.4',
        'x-original-url': 'https://evil.example/',
        'x-original-method': 'GET',
      },
    });
    expect(
      [
        'x-forwarded-for',
        'x-forwarded-proto',
        'x-forwarded-host',
        'x-forwarded-uri',
        'x-forwarded-method',
        'forwarded',
        'x-real-ip',
        'x-original-url',
        'x-original-method',
      ].map((name) => valuesOf(last(), name).join()),
    ).toEqual([
      '127.0.0.1',
      'http',
      `localhost:${new URL(gateway).port}`,
      '/x?y',
      'GET',
      '',
      '',
      '',
      '',
    ]);
  });

  it('lets bypassed paths through without a user, and with one who is signed in', async () => {
    expect((await ask(gateway, { path: '/public/x' })).status).toBe(200);
    expect(identityLines()).toEqual([]);
    await ask(gateway, { path: '/public/x', headers: { cookie } });
    expect(valuesOf(last(), 'remote-user')).toEqual(['zo\xc3\xab']);
    for (const path of [
      '/public/../x',
      '/public/%2e%2e/x',
      '/public/..%2fx',
      '/publicity',
      'http://localhost/public',
    ]) {
      expect([path, (await ask(gateway, { path })).status]).toEqual([path, 401]);
    }
  });

  it('lets nobody to a denied path, signed in or not', async () => {
    for (const headers of [{}, { cookie }]) {
      for (const path of ['/denied', '/denied/x', '//denied', '/x/../denied', '/%64enied']) {
        expect([path, (await ask(gateway, { path, headers })).status]).toEqual([path, 403]);
      }
    }
    expect((await ask(gateway, { path: '/denied', headers: { cookie } })).body).toBe(
      'Forbidden. zoë may not open the application.\n',
    );
  });

  it('gives a visitor a session with nobody in it, with every redirect', async () => {
    for (const accept of ['text/html', 'application/json']) {
      const { status, headers } = await ask(gateway, { headers: { accept } });
      const [pair = ''] = headers['set-cookie']?.split(';') ?? [];
      expect([status, pair.split('=')[0]]).toEqual([
        accept === 'text/html' ? 302 : 401,
        'trusted_header_dev_session',
      ]);
      expect((await ask(gateway, { headers: { cookie: pair } })).status).toBe(401);
    }
  });

  it('lets programs in with Basic credentials, and challenges wrong ones', async () => {
    const basic = (text: string): Record<string, string> => ({
      authorization: `Basic ${Buffer.from(text).toString('base64')}`,
    });
    expect((await ask(gateway, { headers: basic('ops:secret') })).status).toBe(200);
    expect(valuesOf(last(), 'remote-user')).toEqual(['ops']);
    expect(valuesOf(last(), 'authorization')).toEqual([basic('ops:secret')['authorization']]);
    const wrong = await ask(gateway, {
      headers: { ...basic('ops:x'), cookie, accept: 'text/html' },
    });
    expect([wrong.status, wrong.headers['www-authenticate'], wrong.headers['location']]).toEqual([
      401,
      'Basic realm="Authorization Required"',
      undefined,
    ]);
    await ask(gateway, { headers: { cookie, authorization: 'Bearer abc' } });
    expect(valuesOf(last(), 'remote-user')).toEqual(['zo\xc3\xab']);
  });

  it('passes on no long head, as Authelia answers none, and says what to raise', async () => {
    const long = `${cookie}; big=${'x'.repeat(4_000)}`;
    const answer = await ask(gateway, { headers: { cookie: long } });
    expect(answer.status).toBe(431);
    expect(answer.body).toContain('server.buffers.read');
    expect(log.at(-1)).toMatch(
      /^the application: Authelia reads 4096 bytes .*\(--read-buffer\) here\.$/,
    );
    // The URL is in the head twice, as a proxy repeats it: 3 KB of it are too long where 3 KB of cookies are not.
    const path = `/${'x'.repeat(2_000)}`;
    expect((await ask(gateway, { path, headers: { cookie } })).status).toBe(431);
    const fits = `${cookie}; big=${'x'.repeat(3_000)}`;
    expect((await ask(gateway, { headers: { cookie: fits } })).status).toBe(200);
  });

  it('forbids users without the group, in words', async () => {
    const answer = await ask(dev.gateways[1]?.url ?? '', {
      headers: { cookie, accept: 'text/html' },
    });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('zoë may not open back office.');
  });

  it('passes answers through as they are', async () => {
    expect((await ask(gateway, { path: '/teapot', headers: { cookie } })).status).toBe(418);
  });

  it('says in words where the application should be, when it is not there', async () => {
    const down = dev.gateways[2]?.url ?? '';
    const page = await ask(down, { headers: { cookie, accept: 'text/html' } });
    expect(page.status).toBe(502);
    expect(page.body).toContain('No application answers at http://127.0.0.1:1');
    const text = await ask(down, { headers: { cookie } });
    expect([text.status, text.headers['content-type']]).toEqual([502, 'text/plain; charset=utf-8']);
    expect(log.at(-1)).toContain('down does not answer at http://127.0.0.1:1');
  });

  it('streams a large upload through', async () => {
    const size = 50 * 1024 * 1024;
    const req = request({
      host: '127.0.0.1',
      port: new URL(gateway).port,
      method: 'POST',
      path: '/up',
      headers: { host: 'localhost', cookie, 'content-length': size },
    });
    const piece = Buffer.alloc(1024 * 1024);
    for (let sent = 0; sent < size; sent += piece.length) {
      if (!req.write(piece)) await once(req, 'drain');
    }
    req.end();
    const [res] = await once(req, 'response');
    res.resume();
    await once(res, 'end');
    expect(last().bytes).toBe(size);
  });

  it('hands on the first part of an answer before there is a second', async () => {
    const req = request({
      host: '127.0.0.1',
      port: new URL(gateway).port,
      path: '/drip',
      headers: { host: 'localhost', cookie },
    }).end();
    const [res] = await once(req, 'response');
    const parts = res[Symbol.asyncIterator]();
    expect(String((await parts.next()).value)).toBe('first ');
    await ask(gateway, { path: '/release', headers: { cookie } });
    expect(String((await parts.next()).value)).toBe('second');
    expect((await parts.next()).done).toBe(true);
  });

  it('goes on when a client hangs up', async () => {
    const socket = connect(Number(new URL(gateway).port), '127.0.0.1');
    socket.write(
      `POST / HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nContent-Length: 100\r\n\r\nabc`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.resetAndDestroy();
    expect((await ask(gateway, { headers: { cookie } })).status).toBe(200);
  });
});

describe('WebSockets through the gateway', () => {
  it('carry the user to the application, and nobody else does', async () => {
    const seen: (string | string[] | undefined)[][] = [];
    const server = createServer();
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket, req) => {
      seen.push([
        req.headers['remote-user'],
        req.headers['remote_user'],
        req.headers['connection'],
      ]);
      socket.on('message', (message) => socket.send(`echo ${message}`));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const target = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const other = await startDev({
      users: [{ user: 'zoë' }],
      upstreams: [{ target, port: 0, bypass: ['/public'] }],
      portalPort: 0,
    });
    const url = (other.gateways[0]?.url ?? '')
      .replace('http', 'ws')
      .replace('localhost', '127.0.0.1');
    const session = await signIn(other.portalUrl, { pick: 'zoë' });

    const socket = new WebSocket(`${url}/live`, {
      headers: { cookie: session, 'Remote-User': 'root', Remote_User: 'root' },
    });
    await once(socket, 'open');
    socket.send('hello');
    const [reply] = await once(socket, 'message');
    expect(String(reply)).toBe('echo hello');
    socket.terminate();
    expect(seen).toEqual([['zo\xc3\xab', undefined, 'Upgrade']]);

    for (const headers of [{ 'Remote-User': 'root' }, { cookie: session, host: 'evil.example' }]) {
      const refused = new WebSocket(`${url}/live`, { headers });
      const [error] = await once(refused, 'error');
      expect(String(error)).toContain('401');
    }
    await other.close();
    sockets.close();
    server.close();
  });

  it('answers nothing but a closed connection where the application is not there', async () => {
    const down = (dev.gateways[2]?.url ?? '')
      .replace('http', 'ws')
      .replace('localhost', '127.0.0.1');
    const socket = new WebSocket(down, { headers: { cookie } });
    const [error] = await once(socket, 'error');
    expect(String(error)).toMatch(/socket hang up|ECONNRESET/);
    expect(log.at(-1)).toContain('down did not take a WebSocket');
  });
});
