import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from './raw-request.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

const TOKEN = '00112233445566778899aabbccddeeff';
const USER = 'th-probe-0123456789abcdef-user';
const PROBE = [`Trusted-Header-Probe: ${TOKEN}`, `Remote-User: ${USER}`];
const STRANGER = '127.0.0.2';

/** A server with everybody listening, who write down that they were handed something. */
const APP = `
  process.env.TRUSTED_HEADER_PROBE = '${TOKEN}';
  const lines = [];
  const told = createAuthenticator({
    trustedProxies: '127.0.0.1', log: (line) => lines.push(line), onDecision: ({ decision }) => events.push(decision.kind),
  });
  const asked = [];
  const listenAll = (server) => {
    server.on('request', (req, res) => { asked.push('request'); res.end('of the application'); });
    for (const event of ['upgrade', 'connect']) server.on(event, (req, socket) => { asked.push(event); socket.destroy(); });
    for (const event of ['checkContinue', 'checkExpectation', 'dropRequest']) server.on(event, () => asked.push(event));
  };
  const timers = [];
  globalThis.setTimeout = ((real) => (callback, ms, ...args) => {
    if (ms !== 15 * 60_000) return real(callback, ms, ...args);
    timers.push(callback);
    return { unref: () => timers.push('keeps nobody awake') };
  })(setTimeout);
  answers = (word) => word === 'later'
    ? (performance.now = ((now) => () => now() + 15 * 60_000)(performance.now.bind(performance)), timers[0](), timers.slice(1))
    : { asked: asked.splice(0), events: events.splice(0), lines: lines.splice(0) };
`;

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const NOBODY_ASKED = { asked: [], events: [], lines: [] };
const BELIEVED = { kind: 'authenticated' };
const NOT_BELIEVED = { kind: 'refused', reason: 'peer-untrusted' };

function request(first: string, ...lines: readonly string[]): string {
  return [first, 'Host: app', ...lines, '', ''].join('\r\n');
}

/** Gives the report in an answer. */
function reportIn(answer: string): Record<string, unknown> {
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer.toLowerCase()).toContain('\r\ntrusted-header-probe: 1\r\n');
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
}

describe('guardServer answers the probe', () => {
  let app: ServerProcess & { readonly dropping?: number };
  beforeAll(async () => {
    app = await startServerProcess(`${APP}
      const server = http.createServer();
      const dropping = http.createServer();
      dropping.maxRequestsPerSocket = 1;
      for (const each of [server, dropping]) {
        listenAll(each);
        guardServer(each, told);
      }
      tell({ port: await listen(server), dropping: await listen(dropping) });
    `);
    expect(await app.ask()).toMatchObject({
      lines: [expect.stringContaining('trusted-header: TRUSTED_HEADER_PROBE is set: until 20')],
    });
  });
  afterAll(() => app.stop());

  it.each([
    ['GET /.well-known/trusted-header/probe HTTP/1.1', ['Connection: close']],
    ['GET /any HTTP/1.0', []],
    ['GET http://app/any HTTP/1.1', ['Connection: close']],
    ['OPTIONS * HTTP/1.1', ['Connection: close']],
    ['GET /socket HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket']],
    ['CONNECT app:80 HTTP/1.1', []],
    ['POST / HTTP/1.1', ['Expect: 100-continue', 'Content-Length: 0', 'Connection: close']],
    ['POST / HTTP/1.1', ['Expect: odd', 'Content-Length: 0', 'Connection: close']],
  ])('%s %j: the proxy’s and a stranger’s, and nobody else hears of it', async (first, more) => {
    for (const [localAddress, decision] of [
      ['127.0.0.1', BELIEVED],
      [STRANGER, NOT_BELIEVED],
    ] as const) {
      const answer = await sendRaw(
        { port: app.port, localAddress },
        request(first, ...PROBE, ...more),
      );
      const {
        adapter,
        httpVersion,
        decision: told,
      } = reportIn(more.includes('Expect: 100-continue') ? answer.slice(CONTINUE.length) : answer);
      expect([adapter, httpVersion, told]).toEqual([
        'node',
        first.endsWith('1.0') ? '1.0' : '1.1',
        decision,
      ]);
    }
    expect(await app.ask()).toEqual(NOBODY_ASKED);
  });

  it.each([
    ['GET / HTTP/1.1', ['Connection: close']],
    ['GET /socket HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket']],
    ['CONNECT app:80 HTTP/1.1', []],
  ])('%s %j with a guess is a request like any other', async (first, more) => {
    const guess = PROBE.map((line) => line.replace('0011', '0012'));
    for (const [localAddress, answer, asked] of [
      [STRANGER, /^HTTP\/1\.1 403 /, []],
      ['127.0.0.1', /^$|of the application$/, [expect.any(String)]],
    ] as const) {
      const bytes = request(first, ...guess, ...more);
      expect(await sendRaw({ port: app.port, localAddress }, bytes)).toMatch(answer);
      expect(await app.ask()).toMatchObject({ asked, events: [expect.any(String)] });
    }
  });

  it('reads no more than 64 KiB of a body, and closes then', async () => {
    const body = 'x'.repeat(200_000);
    const answer = await sendRaw(
      { port: app.port },
      request('POST / HTTP/1.1', ...PROBE, `Content-Length: 10000000`) + body,
    ).catch((error: Error) => error.message);
    // The rest of the body is in nobody's way; the reset that it may cause is.
    expect(answer).toMatch(/200 OK|ECONNRESET|EPIPE/);
    expect(await app.ask()).toEqual(NOBODY_ASKED);
  });

  it('waits three seconds for a body that does not come, and closes then', async () => {
    const start = Date.now();
    const answer = await sendRaw(
      { port: app.port },
      request('POST / HTTP/1.1', ...PROBE, 'Content-Length: 4'),
    );
    expect(reportIn(answer)).toMatchObject({ decision: BELIEVED, trailers: [] });
    expect(answer.toLowerCase()).toContain('connection: close');
    expect(Date.now() - start).toBeLessThan(6_000);
  });

  it('nowhere where Node has answered, and tells nobody of it', async () => {
    const answer = await sendRaw(
      { port: app.dropping ?? 0 },
      request('GET / HTTP/1.1', ...PROBE) + request('GET / HTTP/1.1', ...PROBE),
    );
    expect(reportIn(answer.replace(/HTTP\/1\.1 503.*$/s, ''))).toMatchObject({
      decision: BELIEVED,
    });
    expect(answer).toMatch(/HTTP\/1\.1 503 /);
    expect(await app.ask()).toEqual({ ...NOBODY_ASKED, asked: ['dropRequest'] });
  });

  it('goes on with a connection that has asked', async () => {
    const socket = connect({ host: '127.0.0.1', port: app.port });
    socket.write(request('GET / HTTP/1.1', ...PROBE));
    await once(socket, 'data');
    socket.write(request('GET / HTTP/1.1', 'Remote-User: alice', 'Connection: close'));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    await once(socket, 'close');
    expect(text).toContain('of the application');
    expect(await app.ask()).toMatchObject({ asked: ['request'], events: ['authenticated'] });
  });

  it('survives clients that hang up', async () => {
    for (const more of [['Content-Length: 4'], ['Connection: Upgrade', 'Upgrade: x'], []]) {
      const socket = connect({ host: '127.0.0.1', port: app.port });
      socket.write(request('POST / HTTP/1.1', ...PROBE, ...more));
      await sleep(20);
      socket.resetAndDestroy();
    }
    const answer = await sendRaw(
      { port: app.port },
      request('GET / HTTP/1.1', ...PROBE, 'Connection: close'),
    );
    expect(reportIn(answer)).toMatchObject({ decision: BELIEVED });
    expect(await app.ask()).toEqual(NOBODY_ASKED);
  });

  it('no more after a quarter of an hour, and tells so once', async () => {
    expect(await app.ask('later')).toEqual(['keeps nobody awake']);
    expect(await app.ask()).toEqual({
      ...NOBODY_ASKED,
      lines: [expect.stringContaining('the fifteen minutes of TRUSTED_HEADER_PROBE are over')],
    });
    for (const localAddress of ['127.0.0.1', STRANGER]) {
      const answer = await sendRaw(
        { port: app.port, localAddress },
        request(
          'GET /.well-known/trusted-header/probe HTTP/1.1',
          `Trusted-Header-Probe: ${TOKEN}`,
          'Connection: close',
        ),
      );
      expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    }
    expect(await app.ask()).toEqual({
      asked: [],
      events: ['anonymous', 'anonymous'],
      // The first of them in the log, as ever.
      lines: [expect.stringContaining('127.0.0.1')],
    });
  });
});

describe.each([
  ['requests', ''],
  ['streams', "server.on('stream', () => asked.push('stream'));"],
])('over HTTP/2, with listeners of %s', (_name, more) => {
  let app: ServerProcess;
  beforeAll(async () => {
    app = await startServerProcess(`${APP}
      const server = http2.createServer();
      listenAll(server);
      ${more}
      guardServer(server, told);
      tell({ port: await listen(server) });
    `);
    await app.ask();
  });
  afterAll(() => app.stop());

  async function probe(from: string, token: string): Promise<readonly [unknown, string, unknown]> {
    const client = connectHttp2(`http://127.0.0.1:${app.port}`, {
      createConnection: () => connect({ host: '127.0.0.1', port: app.port, localAddress: from }),
    });
    const stream = client.request(
      { ':method': 'POST', ':path': '/any', 'trusted-header-probe': token, 'remote-user': USER },
      { waitForTrailers: true },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ 'remote-user': USER }));
    stream.end('body');
    const [{ ':status': status, 'trusted-header-probe': version }] = await once(stream, 'response');
    let body = '';
    for await (const chunk of stream) body += chunk;
    client.close();
    return [status, body, version];
  }

  it('the probe is answered, its trailers as well, and nobody else hears of it', async () => {
    for (const [from, decision] of [
      ['127.0.0.1', BELIEVED],
      [STRANGER, NOT_BELIEVED],
    ] as const) {
      const [status, body, version] = await probe(from, TOKEN);
      expect([status, version, JSON.parse(body)]).toMatchObject([
        200,
        '1',
        {
          httpVersion: '2.0',
          decision,
          trailers: [{ name: 'remote-user', position: 1, canary: USER }],
        },
      ]);
    }
    expect(await app.ask()).toEqual(NOBODY_ASKED);
  });

  it('survives a client that resets its stream', async () => {
    const client = connectHttp2(`http://127.0.0.1:${app.port}`);
    const stream = client.request({ ':method': 'POST', 'trusted-header-probe': TOKEN });
    stream.on('error', () => undefined);
    await sleep(20);
    stream.close(8);
    await once(stream, 'close');
    client.close();
    expect((await probe('127.0.0.1', TOKEN))[0]).toBe(200);
    expect(await app.ask()).toEqual(NOBODY_ASKED);
  });

  it('closes the stream of a body that does not come', async () => {
    const client = connectHttp2(`http://127.0.0.1:${app.port}`);
    const stream = client.request({ ':method': 'POST', 'trusted-header-probe': TOKEN }).resume();
    const patience = new AbortController();
    const late = sleep(6_000, 'never', patience);
    expect(await Promise.race([once(stream, 'close'), late])).not.toBe('never');
    patience.abort();
    client.destroy();
  }, 10_000);

  it('a guess is a request like any other', async () => {
    expect((await probe(STRANGER, TOKEN.replace('0', '1')))[0]).toBe(403);
  });
});

describe.each(['http', 'http2'])('over %s, a handler', (protocol) => {
  it('reads no token among the trailers, where it is none', async () => {
    const app = await startServerProcess(`
      process.env.TRUSTED_HEADER_PROBE = '${TOKEN}';
      const server = ${protocol}.createServer((req, res) => {
        const held = [req.trailers, req.rawTrailers];
        req.resume().on('end', () => res.end(JSON.stringify([...held, req.trailers, req.rawTrailers])));
      });
      guardServer(server, { trustedProxies: '127.0.0.1', log: false, anonymous: 'allow' });
      tell({ port: await listen(server) });
    `);
    const trailers = { 'trusted-header-probe': TOKEN, 'x-other': '1' };
    const body =
      protocol === 'http'
        ? await sendRaw(
            { port: app.port },
            `${request('POST / HTTP/1.1', 'Connection: close', 'Transfer-Encoding: chunked')}0\r\n${Object.entries(
              trailers,
            )
              .map(([name, value]) => `${name}: ${value}\r\n`)
              .join('')}\r\n`,
          )
        : await overHttp2(app.port, trailers);
    expect(body).toContain('x-other');
    expect(body).not.toContain(TOKEN);
    app.stop();
  });
});

async function overHttp2(
  port: number,
  trailers: Readonly<Record<string, string>>,
): Promise<string> {
  const client = connectHttp2(`http://127.0.0.1:${port}`);
  const stream = client.request({ ':method': 'POST' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers)).end('body');
  let body = '';
  for await (const chunk of stream) body += chunk;
  client.close();
  return body;
}

describe('without the variable', () => {
  it('there is no receiver, and a token that can be guessed stops the start', async () => {
    const app = await startServerProcess(`
      const message = (token) => {
        process.env.TRUSTED_HEADER_PROBE = token;
        try { guardServer(http.createServer(), authenticator); return 'started'; } catch (error) { return error.message; }
      };
      const messages = [message(''), message('short')];
      delete process.env.TRUSTED_HEADER_PROBE;
      const server = http.createServer((req, res) => res.end(req.headers['trusted-header-probe']));
      guardServer(server, authenticator);
      answers = () => messages;
      tell({ port: await listen(server) });
    `);
    const [first, second] = Object.values(Object(await app.ask()));
    expect(first).toBe('started');
    expect(second).toMatch(/TRUSTED_HEADER_PROBE.*5 characters.*openssl rand -hex 16/s);
    const answer = await sendRaw(
      { port: app.port },
      request(
        'GET / HTTP/1.1',
        'Trusted-Header-Probe: anything',
        'Remote-User: alice',
        'Connection: close',
      ),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK.*anything$/s);
    app.stop();
  });
});
