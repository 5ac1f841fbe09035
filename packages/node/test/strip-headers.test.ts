import { once } from 'node:events';
import { createServer, IncomingMessage } from 'node:http';
import {
  connect as connectHttp2,
  createServer as createHttp2Server,
  type Http2ServerRequest,
} from 'node:http2';
import { Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { factsFromRequest, stripHeaders } from '../src/index.js';
import { get, listen, portOf, sendRaw } from './raw-request.js';

const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1' });
/** Another one, with another header. */
const summing = createAuthenticator({
  trustedProxies: '127.0.0.1',
  profile: { id: 'sum', user: { header: 'X-Sum' } },
});
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Sends one request to a server and gives what the handler makes of it. */
async function handle<T>(
  bytes: string,
  handler: (req: IncomingMessage) => T | Promise<T>,
): Promise<T> {
  const seen: T[] = [];
  const server = createServer(async (req, res) => {
    seen.push(await handler(req));
    res.end();
  });
  closers.push(() => server.close());
  await listen(server, '127.0.0.1');
  await sendRaw({ port: portOf(server) }, bytes);
  const [first] = seen;
  if (first === undefined) throw new Error('no request arrived');
  return first;
}

const FORGED = [
  'X-One: 1',
  'Remote-User: a',
  'REMOTE-USER: b',
  'Remote_User: c',
  'Remote.Groups: d',
  'X-Two: 2',
];

const everything = (req: IncomingMessage) => ({
  headers: { ...req.headers },
  distinct: { ...req.headersDistinct },
  raw: [...req.rawHeaders],
});

const CLEAN = {
  headers: { host: 'app', connection: 'close', 'x-one': '1', 'x-two': '2' },
  distinct: { host: ['app'], connection: ['close'], 'x-one': ['1'], 'x-two': ['2'] },
  raw: ['Host', 'app', 'Connection', 'close', 'X-One', '1', 'X-Two', '2'],
};

describe('stripHeaders (H10)', () => {
  it.each([
    ['nothing has been read before', () => undefined],
    ['headers have been read', (req: IncomingMessage) => req.headers],
    ['headersDistinct has been read', (req: IncomingMessage) => req.headersDistinct],
    ['both have been read', (req: IncomingMessage) => [req.headers, req.headersDistinct]],
  ])('removes identity headers and aliases everywhere when %s', async (_, before) => {
    const seen = await handle(get(...FORGED), (req) => {
      before(req);
      factsFromRequest(req);
      stripHeaders(req, authenticator);
      return everything(req);
    });
    expect(seen).toEqual(CLEAN);
  });

  it('cleans references that somebody took before', async () => {
    const seen = await handle(get(...FORGED), (req) => {
      const held = [req.headers, req.headersDistinct, req.rawHeaders];
      stripHeaders(req, authenticator);
      return held.map((reference) => ({ ...reference }));
    });
    expect(seen).toEqual([CLEAN.headers, CLEAN.distinct, { ...CLEAN.raw }]);
  });

  it('makes no headersDistinct before somebody reads it, and then the right one', async () => {
    const seen = await handle(get(...FORGED), (req) => {
      stripHeaders(req, authenticator);
      const isMade = Object.getOwnPropertySymbols(req).some(
        ({ description }) => description === 'kHeadersDistinct',
      );
      return { isMade, ...everything(req) };
    });
    expect(seen).toEqual({ isMade: false, ...CLEAN });
  });

  it('cleans all of a request to whose lines somebody has added', async () => {
    const seen = await handle(get(...FORGED), (req) => {
      req.rawHeaders.push('Remote-User', 'late', 'X-Late', '3');
      stripHeaders(req, authenticator);
      return everything(req);
    });
    expect(seen).toEqual({ ...CLEAN, raw: [...CLEAN.raw, 'X-Late', '3'] });
  });

  it('cleans a request of which nobody has read headers yet, not even Node', () => {
    const req = new IncomingMessage(new Socket());
    const lines = ['Remote-User', 'a', 'X-One', '1'];
    Reflect.apply(Reflect.get(req, '_addHeaderLines'), req, [lines, lines.length]);
    stripHeaders(req, authenticator);
    expect(everything(req)).toEqual({
      headers: { 'x-one': '1' },
      distinct: { 'x-one': ['1'] },
      raw: ['X-One', '1'],
    });
  });

  it('cleans a request that is injected, and has nothing but headers and lines', () => {
    const req = {
      httpVersionMajor: 1,
      headers: { 'remote-user': 'a', 'x-one': '1' },
      rawHeaders: ['Remote-User', 'a', 'X-One', '1'],
    };
    Reflect.apply(stripHeaders, undefined, [req, authenticator]);
    expect(req).toEqual({
      httpVersionMajor: 1,
      headers: { 'x-one': '1' },
      rawHeaders: ['X-One', '1'],
    });
  });

  it('has no trailers of one that is injected, though it names the coding they come with', () => {
    const req = {
      httpVersionMajor: 1,
      headers: { 'transfer-encoding': 'chunked' },
      rawHeaders: ['Transfer-Encoding', 'chunked'],
    };
    Reflect.apply(stripHeaders, undefined, [req, authenticator]);
    expect([Reflect.get(req, 'trailers'), Reflect.get(req, 'rawTrailers')]).toEqual([{}, []]);
  });

  it('cleans a request with more lines than Node makes headers of', async () => {
    const many = Array.from({ length: 1005 }, (_, i) => `X-${i}: ${i}`);
    const seen = await handle(get('Remote-User: a', ...many, 'Remote_User: b'), (req) => {
      stripHeaders(req, authenticator);
      return JSON.stringify(everything(req)).match(/"remote.*?"/gi);
    });
    expect(seen).toBeNull();
  });

  it('may run twice, and leaves a request without such headers alone', async () => {
    const seen = await handle(get('X-One: 1', 'X-Two: 2'), (req) => {
      stripHeaders(req, authenticator);
      stripHeaders(req, authenticator);
      return everything(req);
    });
    expect(seen).toEqual(CLEAN);
  });

  const CHUNKED = [
    'POST / HTTP/1.1',
    'Host: app',
    'Connection: close',
    'Transfer-Encoding: chunked',
    'Trailer: Remote-User',
    '',
    '3',
    'abc',
    '0',
    'Remote-User: evil',
    'X-Sum: 7',
    'x-sum: 8',
    'remote_groups: admin',
    '',
    '',
  ].join('\r\n');

  it.each([
    ['nothing has been read before', () => undefined],
    [
      'the trailers have been read, while there were none',
      (req: IncomingMessage) => [req.trailers, req.trailersDistinct, req.rawTrailers],
    ],
  ])('hides them among the trailers, which come after the decision, when %s', async (_, before) => {
    const seen = await handle(CHUNKED, async (req) => {
      before(req);
      stripHeaders(req, authenticator);
      let body = '';
      for await (const chunk of req) body += chunk;
      return { body, trailers: req.trailers, distinct: req.trailersDistinct, raw: req.rawTrailers };
    });
    expect(seen).toEqual({
      body: 'abc',
      trailers: { 'x-sum': '7, 8' },
      distinct: { 'x-sum': ['7', '8'] },
      raw: ['X-Sum', '7', 'x-sum', '8'],
    });
  });

  it('hides them in what somebody took before the decision, and Node fills later', async () => {
    const seen = await handle(CHUNKED, async (req) => {
      const { trailers, trailersDistinct, rawTrailers } = req;
      stripHeaders(req, authenticator);
      for await (const _ of req);
      return { trailers, trailersDistinct, rawTrailers };
    });
    expect(seen).toEqual({ trailers: { 'x-sum': '7, 8' }, trailersDistinct: {}, rawTrailers: [] });
  });

  it('hides the headers of every authenticator that stripped the request', async () => {
    const seen = await handle(CHUNKED, async (req) => {
      stripHeaders(req, authenticator);
      stripHeaders(req, summing);
      for await (const _ of req);
      return { trailers: req.trailers, raw: req.rawTrailers };
    });
    expect(seen).toEqual({ trailers: {}, raw: [] });
  });

  it('hides them wherever among the headers it says that there are chunks', async () => {
    const first = CHUNKED.replace('Transfer-Encoding: chunked\r\n', '').replace(
      'Host: app',
      'Transfer-Encoding: chunked\r\nHost: app',
    );
    const seen = await handle(first, async (req) => {
      stripHeaders(req, authenticator);
      for await (const _ of req);
      return [req.rawHeaders[0], ...req.rawTrailers];
    });
    expect(seen).toEqual(['Transfer-Encoding', 'X-Sum', '7', 'x-sum', '8']);
  });

  it('takes what an application calls the stream of an HTTP/1 request for the application’s', async () => {
    const seen = await handle(get(...FORGED), (req) => {
      Object.assign(req, { stream: { prependListener: () => undefined } });
      stripHeaders(req, authenticator);
      return everything(req);
    });
    expect(seen).toEqual(CLEAN);
  });

  /** Sends one HTTP/2 request with a user in its headers and its trailers, and gives what the handler makes of it. */
  async function handleHttp2<T>(handler: (req: Http2ServerRequest) => T): Promise<T[]> {
    const seen: T[] = [];
    const server = createHttp2Server();
    server.on('request', async (req: Http2ServerRequest, res) => {
      seen.push(await handler(req));
      res.end();
    });
    closers.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = connectHttp2(`http://127.0.0.1:${portOf(server)}`);
    const stream = client.request(
      { ':method': 'POST', 'remote-user': 'john', remote_user: 'admin' },
      { waitForTrailers: true },
    );
    const closed = once(stream.resume(), 'close');
    stream.on('wantTrailers', () => stream.sendTrailers({ 'remote-user': 'evil', 'x-sum': '7' }));
    stream.end('abc');
    await closed;
    client.close();
    return seen;
  }

  it('strips HTTP/2 compatibility requests and their trailers', async () => {
    const seen = await handleHttp2(async (req) => {
      stripHeaders(req, authenticator);
      for await (const _ of req);
      return {
        user: [req.headers['remote-user'], req.headers['remote_user']],
        raw: req.rawHeaders.filter((name) => /remote/i.test(name)),
        trailers: req.trailers,
        rawTrailers: req.rawTrailers,
      };
    });
    expect(await Promise.all(seen)).toEqual([
      {
        user: [undefined, undefined],
        raw: [],
        trailers: { 'x-sum': '7' },
        rawTrailers: ['x-sum', '7'],
      },
    ]);
  });

  it('hides the headers of every authenticator that stripped an HTTP/2 request, whichever was first', async () => {
    const seen = await handleHttp2(async (req) => {
      stripHeaders(req, summing);
      stripHeaders(req, authenticator);
      for await (const _ of req);
      return { trailers: { ...req.trailers }, raw: req.rawTrailers };
    });
    expect(await Promise.all(seen)).toEqual([{ trailers: {}, raw: [] }]);
  });
});
