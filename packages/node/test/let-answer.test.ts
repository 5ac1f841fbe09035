import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { type Answering, type Asked, letAnswer, sendLastProblem } from '../src/index.js';
import { get, listen, portOf, sendRaw } from './raw-request.js';

const nobody = { kind: 'anonymous', trusted: true } as const;

/** A response that nobody sends, and what became of it. */
function exchange() {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const told: unknown[][] = [];
  const sent: string[] = [];
  const letIt = (ask: Answering['ask'], more: Partial<Answering> = {}): void =>
    letAnswer({
      response,
      ask,
      send: () => sent.push('problem'),
      log: (...line) => told.push(line),
      ...more,
    });
  return { request, response, told, sent, letIt };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

it('sends the problem once, though the application gives up twice and fails then', async () => {
  const { told, sent, letIt } = exchange();
  const error = new Error('broken');
  letIt(({ giveUp }) => {
    giveUp();
    giveUp();
    throw error;
  });
  await soon();
  expect(sent).toEqual(['problem']);
  expect(told).toEqual([['trusted-header: onRefusal failed:', error]]);
});

it('leaves an answer that has begun as it is, though the application fails or gives up then', async () => {
  for (const end of [() => false, () => Promise.reject(new Error('broken'))]) {
    const { response, sent, letIt } = exchange();
    letIt(() => {
      response.writeHead(401);
      return end();
    });
    await soon();
    expect(sent).toEqual([]);
  }
});

it('asks whoever knows whether an answer has begun', async () => {
  for (const [isBegun, expected] of [
    [true, []],
    [false, ['problem']],
  ] as const) {
    const { sent, letIt } = exchange();
    letIt(() => false, { isAnswered: () => isBegun });
    await soon();
    expect(sent).toEqual(expected);
  }
});

it('sends nothing where somebody else answers, in time', async () => {
  const { sent, told, letIt } = exchange();
  const inTime: boolean[] = [];
  const answering: Asked[] = [];
  letIt((asked) => {
    answering.push(asked);
    inTime.push(asked.handOver());
    return false;
  });
  await soon();
  for (const { handOver, giveUp } of answering) {
    giveUp();
    inTime.push(handOver());
  }
  expect([inTime, sent, told]).toEqual([[true, false], [], []]);
});

it('sends nothing, and waits no longer, where the client has hung up', async () => {
  const { response, sent, told, letIt } = exchange();
  letIt(() => new Promise(() => undefined));
  response.emit('close');
  expect(response.listenerCount('close')).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  expect([sent, told]).toEqual([[], []]);
});

it('is too late for an answer once the problem is sent, and no error of anybody', () => {
  const { request, response } = exchange();
  sendLastProblem(request, response, nobody);
  // Templates chain, and sessions wrap, in one way or another.
  const { end, write } = response;
  response.end = end;
  Object.defineProperty(response, 'write', { value: write, configurable: true });
  expect(response.setHeader('x-late', 'yes').end('too late')).toBe(response);
  for (const late of [
    () => response.setHeaders(new Headers({ 'x-late': 'yes' })),
    () => response.appendHeader('x-late', 'yes'),
    () => response.removeHeader('content-type'),
    () => response.writeHead(200),
    () => Reflect.apply(response.write, response, ['too late']),
  ]) {
    expect(late).not.toThrow();
  }
  expect(response.statusCode).toBe(401);
  expect(response.hasHeader('x-late')).toBe(false);
});

it('sends the problem through what wraps the response and sends it later', async () => {
  const late: unknown[] = [];
  const server = createServer((req, res) => {
    const { end } = res;
    res.end = (...args: unknown[]) => {
      setTimeout(() => Reflect.apply(end, res, args), 5);
      return res;
    };
    sendLastProblem(req, res, nobody);
    res.once('close', () => late.push(res.setHeader('x-late', 'yes')));
  });
  await listen(server, '127.0.0.1');
  const answer = await sendRaw({ port: portOf(server) }, get());
  server.close();
  await once(server, 'close');
  expect(answer).toMatch(/^HTTP\/1.1 401 .*"code":"authentication-required"/s);
  expect(late).toHaveLength(1);
});
