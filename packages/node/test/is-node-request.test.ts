import { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer, type Http2Server } from 'node:http2';
import { type AddressInfo, Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, expect, it } from '@jest/globals';
import { isNodeRequest, isNodeResponse } from '../src/is-node-request.js';

const http1 = new IncomingMessage(new Socket());
const { http2, server } = await http2Exchange();
afterAll(() => new Promise((closed) => server.close(closed)));

it.each<[what: string, value: unknown, isRequest: boolean, isResponse: boolean]>([
  ['a request of HTTP/1', http1, true, false],
  ['its answer', new ServerResponse(http1), false, true],
  ['a request of HTTP/2', http2.req, true, false],
  ['its answer', http2.res, false, true],
  // Has no raw headers: it is seen by the event 'stream'.
  ['a stream of HTTP/2', http2.req.stream, false, false],
  ['some other stream', new PassThrough(), false, false],
  ['one with a stream of another kind', withStream(new PassThrough()), false, false],
  ['one with no stream under that name', withStream('stream'), false, false],
  ['an object like a request of HTTP/2', { stream: http2.req.stream, headers: {} }, false, false],
  ['a stream with raw lines, as tests inject', withLines([]), true, false],
  ['one with lines of another kind', withLines({}), false, false],
  ['an object with raw lines', { rawHeaders: [], headers: {} }, false, false],
  ['nothing', undefined, false, false],
])('tells what %s is', (_, value, isRequest, isResponse) => {
  expect([isNodeRequest(value), isNodeResponse(value)]).toEqual([isRequest, isResponse]);
});

function withLines(rawHeaders: unknown): Readable {
  return Object.assign(new Readable(), { rawHeaders });
}

function withStream(stream: unknown): Readable {
  return Object.assign(new Readable(), { stream });
}

/** A request and its answer as the compatibility API of HTTP/2 has them. */
async function http2Exchange() {
  const server: Http2Server = createServer();
  const exchange = new Promise<{ req: object & { stream: object }; res: object }>((resolve) => {
    server.once('request', (req, res) => {
      res.end();
      resolve({ req, res });
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const client = connect(`http://127.0.0.1:${portOf(server.address())}`);
  client.request().resume();
  const http2 = await exchange;
  client.close();
  return { http2, server };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('does not listen over TCP');
  return address.port;
}
