import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from './raw-request.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

const STRANGER = '127.0.0.2';
const END = '\r\n\r\n';

/** What was tried on the wire and held: none of it may make anybody of a stranger, or somebody else of a user. */
const ATTACKS: readonly (readonly [what: string, bytes: string])[] = [
  ['a folded line', `GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n Remote-User: root${END}`],
  ['a bare CR', `GET / HTTP/1.1\r\nHost: a\r\nX: a\rRemote-User: root${END}`],
  ['a bare LF', `GET / HTTP/1.1\r\nHost: a\r\nX: a\nRemote-User: root${END}`],
  ['NUL in a value', `GET / HTTP/1.1\r\nHost: a\r\nRemote-User: root\0x${END}`],
  ['a blank before the colon', `GET / HTTP/1.1\r\nHost: a\r\nRemote-User : root${END}`],
  ['a blank before the name', `GET / HTTP/1.1\r\n Remote-User: root\r\nHost: a${END}`],
  [
    'a length and chunks',
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nRemote-User: root\r\n\r\n0${END}`,
  ],
  [
    'an unknown coding',
    `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\nRemote-User: root\r\n\r\n0${END}`,
  ],
  [
    'a chunk with a sign',
    `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0${END}`,
  ],
  [
    'trailers',
    `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nRemote-User: root${END}`,
  ],
  [
    'a body that is a request',
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 41\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nRemote-User: x\r\n\r\n`,
  ],
  [
    'an upgrade to HTTP/2',
    `GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nRemote-User: root${END}`,
  ],
  ['HTTP/2 without TLS', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  [
    'PROXY v1',
    `PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\nGET / HTTP/1.1\r\nHost: a\r\nRemote-User: root${END}`,
  ],
  [
    'PROXY v2',
    `\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x7f\0\0\x01\x7f\0\0\x01\0\x01\0\x02GET / HTTP/1.1\r\nHost: a\r\nRemote-User: root${END}`,
  ],
  [
    'headers of frameworks',
    `GET / HTTP/1.1\r\nHost: a\r\nX-Middleware-Subrequest: middleware\r\nX-Trusted-Header-Id: 1\r\nX-Forwarded-For: 127.0.0.1\r\nRemote-User: root${END}`,
  ],
  ['501 lines', `GET / HTTP/1.1\r\nHost: a\r\n${'A: 1\r\n'.repeat(500)}Remote-User: root${END}`],
  ['1 100 lines', `GET / HTTP/1.1\r\nHost: a\r\n${'A: 1\r\n'.repeat(1100)}Remote-User: root${END}`],
  ['2 050 lines', `GET / HTTP/1.1\r\nHost: a\r\n${'A: 1\r\n'.repeat(2050)}Remote-User: root${END}`],
  [
    'a refused request before a clean one',
    `GET / HTTP/1.1\r\nHost: a\r\nRemote-User: root\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close${END}`,
  ],
];

describe('what held on the wire', () => {
  let app: ServerProcess;
  beforeAll(async () => {
    app = await startServerProcess(`
      const server = http.createServer(async (req, res) => {
        const decision = decideRequest(req, authenticator);
        const early = req.trailers;
        try { for await (const _ of req); } catch { return; }
        spy('headers', req);
        spy('trailers', { headers: { ...req.trailers, ...early }, rawHeaders: req.rawTrailers });
        res.end('I am ' + whoIs(req));
      });
      server.keepAliveTimeout = 100;
      tell({ port: await listen(server) });
    `);
  });
  afterAll(() => app.stop());

  it.each(ATTACKS)('makes nobody of a stranger: %s', async (_what, bytes) => {
    const answer = await talk(app.port, bytes, STRANGER);
    expect(answer).not.toMatch(/I am (?!refused|anonymous)/);
    expect(await app.ask()).toMatchObject({ read: [] });
  });

  it('tells users on one connection apart, also if one hangs up in its body', async () => {
    const one = (user: string) => `GET / HTTP/1.1\r\nHost: a\r\nRemote-User: ${user}${END}`;
    const half = 'POST / HTTP/1.1\r\nHost: a\r\nRemote-User: eve\r\nContent-Length: 9\r\n\r\nhalf';
    const answer = await talk(app.port, one('john') + one('jane') + half, '127.0.0.1');
    expect(answer.match(/I am (?:john|jane|eve)/g)).toEqual(['I am john', 'I am jane']);
  });
});

/** Sends bytes, and gives what comes back until the server closes, or nothing comes any more. */
async function talk(port: number, bytes: string, localAddress: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, localAddress });
  socket.write(Buffer.from(bytes, 'latin1'));
  socket.setTimeout(400, () => socket.destroy());
  socket.on('error', () => undefined);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'close');
  return text;
}

it('tells users on streams of one HTTP/2 connection apart, extended CONNECT among them', async () => {
  const app = await startServerProcess(`
    const server = http2.createServer({ settings: { enableConnectProtocol: true } });
    guardServer(server, { authenticator });
    server.on('stream', async (stream) => {
      await sleep(Math.random() * 20);
      stream.respond({ ':status': 200 });
      stream.end('I am ' + whoIs(stream));
    });
    tell({ port: await listen(server) });
  `);
  const client = connectHttp2(`http://127.0.0.1:${app.port}`);
  await once(client, 'remoteSettings');
  const ask = async (headers: Record<string, string>): Promise<string> => {
    const stream = client.request(headers, { endStream: headers[':method'] !== 'CONNECT' });
    const [{ ':status': status }] = await once(stream, 'response');
    let body = '';
    for await (const chunk of stream) body += chunk;
    stream.close();
    return `${status} ${body.slice(0, 40)}`;
  };
  const users = Array.from({ length: 40 }, (_, i) => `user${i}`);
  const answers = await Promise.all(users.map((user) => ask({ 'remote-user': user })));
  expect(answers).toEqual(users.map((user) => `200 I am ${user}`));
  const websocket = { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/' };
  expect(await ask({ ...websocket, 'remote-user': 'john' })).toBe('200 I am john');
  expect(await ask(websocket)).toMatch(/^401 /);
  client.close();
  app.stop();
});

it('decides for two adapters with two profiles on one server, each by its own', async () => {
  const app = await startServerProcess(`
    const other = createAuthenticator({ trustedProxies: '127.0.0.2', log: false, otherProfiles: 'ignore', profile: { id: 'x', user: { header: 'X-User' } } });
    const server = http.createServer((req, res) => {
      const by = (each) => { const { identity, kind } = decideRequest(req, each); return identity?.user ?? kind; };
      res.end(JSON.stringify([by(authenticator), by(other), by(authenticator), Object.keys(req.headers)]));
    });
    tell({ port: await listen(server) });
  `);
  const bytes = `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nRemote-User: john\r\nX-User: jane${END}`;
  const names = '["host","connection"]';
  expect(await sendRaw({ port: app.port }, bytes)).toContain(`["john","refused","john",${names}]`);
  expect(await sendRaw({ port: app.port, localAddress: STRANGER }, bytes)).toContain(
    `["refused","jane","refused",${names}]`,
  );
  app.stop();
});
