import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from './raw-request.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

const STRANGER = '127.0.0.2';

/** `X-Proof: john-after-50` names John fifty milliseconds later; `none-after-0` fails. */
const PROVING = `
  import { withProof } from '@trusted-header/core';
  const asked = [];
  const proving = withProof(authenticator, {
    name: 'proof',
    headers: ['X-Proof'],
    asks: 'claims',
    async prove({ value = '' }) {
      asked.push(value);
      const [user, ms] = value.split('-after-');
      await sleep(Number(ms));
      if (user === 'none') throw new Error('no answer');
      return { kind: 'proven', identity: { user } };
    },
  });
  answers = (word) => word === 'how many' ? asked.length : ({ read: read.splice(0), seen: seen.splice(0), events: events.splice(0), asked: asked.splice(0) });
  const spyOn = (who, holder) => spy(who, { ...holder, rawHeaders: (holder.rawHeaders ?? []).map((name) => name.replace(/^x-proof$/i, 'Remote-User')) });
`;

const head = (first: string, ...lines: readonly string[]) =>
  [first, 'Host: app', ...lines, '', ''].join('\r\n');

describe('guardServer with a proof that has to be asked for', () => {
  let app: ServerProcess & Readonly<Partial<Record<'streams' | 'requests' | 'dropping', number>>>;
  beforeAll(async () => {
    app = await startServerProcess(`${PROVING}
      const handler = (req, res) => {
        spyOn('handler', req);
        let body = 0;
        req.on('data', (chunk) => { body += chunk.length; });
        req.on('end', () => res.end('for ' + whoIs(req) + ' with ' + body));
      };
      const server = http.createServer(handler);
      guardServer(server, proving);
      for (const event of ['upgrade', 'connect']) {
        server.on(event, (req, socket, head) => {
          spyOn(event, req);
          socket.write('HTTP/1.1 101 for ' + whoIs(socket) + '\\r\\n\\r\\n' + head);
          socket.on('data', (chunk) => socket.end(chunk));
        });
      }
      server.on('checkContinue', (req, res) => { spyOn('checkContinue', req); res.writeContinue(); handler(req, res); });
      const streams = http2.createServer();
      streams.on('stream', (stream, headers) => { spyOn('stream', { headers }); stream.respond(); stream.end('for ' + whoIs(stream)); });
      guardServer(streams, proving);
      const requests = http2.createServer(async (req, res) => {
        for await (const _ of req);
        res.end('for ' + whoIs(req) + ' ' + JSON.stringify(req.trailers));
      });
      guardServer(requests, proving);
      const dropping = http.createServer((req, res) => res.end());
      dropping.maxRequestsPerSocket = 1;
      dropping.on('dropRequest', (req) => spyOn('dropRequest', req));
      guardServer(dropping, proving);
      tell({ port: await listen(server), dropping: await listen(dropping), streams: await listen(streams), requests: await listen(requests) });
    `);
  });
  afterAll(() => app.stop());

  it.each([
    ['GET / HTTP/1.1', ['Connection: close'], 'for john with 0', 'handler'],
    [
      'POST / HTTP/1.1',
      ['Expect: 100-continue', 'Content-Length: 0', 'Connection: close'],
      'for john with 0',
      'checkContinue',
    ],
  ])('holds %s until the answer is there', async (first, more, answer, event) => {
    const bytes = head(first, ...more, 'X-Proof: john-after-80');
    expect(await sendRaw({ port: app.port }, bytes)).toContain(answer);
    const { seen, read, events, asked } = Object(await app.ask());
    expect([read, events, asked]).toEqual([[], ['authenticated'], ['john-after-80']]);
    expect(seen).toContain(event);
  });

  it.each(['GET / HTTP/1.1', 'CONNECT app:80 HTTP/1.1'])(
    'holds an upgrade, and loses nothing that comes behind it: %s',
    async (first) => {
      const more = first.startsWith('GET') ? ['Upgrade: x', 'Connection: Upgrade'] : [];
      const socket = connect(app.port, '127.0.0.1');
      socket.write(`${head(first, ...more, 'X-Proof: john-after-80')}early`);
      await sleep(30);
      socket.write('late');
      const answer = await text(socket);
      expect(answer).toMatch(/^HTTP\/1.1 101 for john\r\n\r\n/);
      expect(answer.slice(answer.indexOf('\r\n\r\n') + 4)).toBe('earlylate');
      expect(await app.ask()).toMatchObject({ read: [], events: ['authenticated'] });
    },
  );

  it('refuses a stranger without asking', async () => {
    for (const more of [[], ['Upgrade: x', 'Connection: Upgrade']]) {
      const bytes = head('GET / HTTP/1.1', ...more, 'X-Proof: john-after-0');
      const cut = more.length === 0 ? bytes.replace('Host', 'Connection: close\r\nHost') : bytes;
      expect(await sendRaw({ port: app.port, localAddress: STRANGER }, cut)).toMatch(
        /^HTTP\/1.1 403 /,
      );
      expect(await app.ask()).toEqual({
        read: [],
        seen: [],
        events: ['peer-untrusted'],
        asked: [],
      });
    }
  });

  it('answers 503 where there is no answer', async () => {
    const bytes = head('GET / HTTP/1.1', 'Connection: close', 'X-Proof: none-after-20');
    const answer = await sendRaw({ port: app.port }, bytes);
    expect(answer).toMatch(/^HTTP\/1.1 503 /);
    expect(answer).toContain('"code":"proof-unavailable"');
    expect(answer).toMatch(/retry-after: 1/i);
    expect(await app.ask()).toMatchObject({ seen: [], events: ['proof-unavailable'] });
  });

  it('answers requests of one connection in their order, each for its own user', async () => {
    const bytes =
      head('GET /1 HTTP/1.1', 'X-Proof: john-after-120') +
      head('GET /2 HTTP/1.1', 'X-Proof: mary-after-10') +
      head('GET /3 HTTP/1.1', 'Connection: close', 'X-Proof: ann-after-40');
    const answer = await sendRaw({ port: app.port }, bytes);
    expect(answer.match(/for \w+/g)).toEqual(['for john', 'for mary', 'for ann']);
    await app.ask();
  });

  it('hands over the whole body', async () => {
    const body = 'x'.repeat(1_000_000);
    const bytes = head(
      'POST / HTTP/1.1',
      'Connection: close',
      'X-Proof: john-after-60',
      `Content-Length: ${body.length}`,
    );
    expect(await sendRaw({ port: app.port }, bytes + body)).toContain('for john with 1000000');
    await app.ask();
  });

  it('strips a request that Node drops, and asks nobody about it', async () => {
    const bytes =
      head('GET / HTTP/1.1', 'X-Proof: john-after-0') +
      head('GET / HTTP/1.1', 'Connection: close', 'X-Proof: mary-after-0');
    const answer = await sendRaw({ port: app.dropping ?? 0 }, bytes);
    expect(answer).toMatch(/^HTTP\/1.1 200 .*HTTP\/1.1 503 /s);
    expect(await app.ask()).toEqual({
      read: [],
      seen: ['dropRequest'],
      events: ['authenticated'],
      asked: ['john-after-0'],
    });
  });

  it('hands over nobody who has hung up meanwhile, and lives', async () => {
    for (const more of [[], ['Upgrade: x', 'Connection: Upgrade']]) {
      const socket = connect(app.port, '127.0.0.1');
      socket.write(head('GET / HTTP/1.1', ...more, 'X-Proof: john-after-100'));
      while ((await app.ask('how many')) === 0) await sleep(5);
      socket.resetAndDestroy();
      await sleep(150);
      expect(await app.ask()).toMatchObject({ seen: [], asked: ['john-after-100'] });
    }
  });

  it('holds streams of HTTP/2, of which nobody makes requests', async () => {
    const session = connectHttp2(`http://127.0.0.1:${app.streams}`);
    const visit = async (proof: string) => {
      const stream = session.request({ 'x-proof': proof });
      const [headers] = await once(stream, 'response');
      return [headers[':status'], await text(stream)];
    };
    const answers = await Promise.all([visit('john-after-90'), visit('mary-after-10')]);
    expect(answers).toEqual([
      [200, 'for john'],
      [200, 'for mary'],
    ]);
    expect((await visit('none-after-1'))[0]).toBe(503);
    const gone = session.request({ 'x-proof': 'john-after-60' });
    gone.on('error', () => undefined);
    await sleep(20);
    gone.close(8);
    await sleep(100);
    expect(await visit('ann-after-1')).toEqual([200, 'for ann']);
    session.close();
    expect(await app.ask()).toMatchObject({ read: [], seen: ['stream', 'stream', 'stream'] });
  });

  it.each([0, 60])(
    'hands over the trailers of a request of HTTP/2 that is held for %s ms',
    async (ms) => {
      const session = connectHttp2(`http://127.0.0.1:${app.requests}`);
      const stream = session.request(
        { ':method': 'POST', 'x-proof': `john-after-${ms}` },
        { waitForTrailers: true },
      );
      stream.on('wantTrailers', () =>
        stream.sendTrailers({ 'remote-user': 'mallory', 'x-sum': '7' }),
      );
      stream.end('body');
      expect(await text(stream)).toBe('for john {"x-sum":"7"}');
      const without = session.request({ 'x-proof': `john-after-${ms}` });
      expect(await text(without)).toBe('for john {}');
      session.close();
      await app.ask();
    },
  );
});
