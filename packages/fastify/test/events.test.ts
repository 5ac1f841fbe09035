import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DecisionEvent } from '@trusted-header/core';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { requireIdentity, trustedHeader } from '../src/index.js';

const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

type Event = DecisionEvent<FastifyRequest>;
type Prepare = (app: FastifyInstance) => void | Promise<void>;

const STRANGER = '127.0.0.2';
const FORGED = ['Remote-User: mallory'];

/** An application whose log is kept, and what its observer was told; with something before the adapter. */
async function start(prepare: Prepare = () => undefined, options: object = {}) {
  const stream = new PassThrough();
  const app = Fastify({ logger: { level: 'warn', stream } });
  apps.push(app);
  const events: Event[] = [];
  const seen: unknown[] = [];
  await prepare(app);
  await app.register(trustedHeader, {
    trustedProxies: '127.0.0.1',
    ...options,
    onDecision(event) {
      events.push(event);
      const { request } = event;
      seen.push([request?.id, request?.method, request?.headers['remote-user']]);
    },
  });
  const preHandler = requireIdentity({ groups: { anyOf: ['admin'] } });
  app.get('/notes/:id', { preHandler }, () => 'ok');
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    app,
    events,
    seen,
    logged: () =>
      String(stream.read() ?? '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}

/** Gives the status that a request is answered with; undefined where it is not. */
async function send(
  app: FastifyInstance,
  localAddress: string,
  path: string,
  lines: readonly string[],
  close = true,
): Promise<number | undefined> {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  const head = [
    `GET ${path} HTTP/1.1`,
    'Host: app',
    ...lines,
    close ? 'Connection: close' : 'X: y',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  if (!close) setTimeout(() => socket.destroy(), 50);
  await once(socket, 'close');
  return text === '' ? undefined : Number(text.split(' ')[1]);
}

describe('an event', () => {
  it('has the request of Fastify, without identity headers, and the route', async () => {
    const { app, events, seen } = await start();
    expect(await send(app, '127.0.0.1', '/notes/7', ['Remote-User: kim'])).toBe(403);
    expect(await send(app, STRANGER, '/notes/8', FORGED)).toBe(403);
    expect(events.map(({ reason, route }) => [reason, route])).toEqual([
      [undefined, '/notes/:id'],
      ['group-missing', '/notes/:id'],
      ['peer-untrusted', '/notes/:id'],
    ]);
    expect(seen).toEqual([
      ['req-1', 'GET', undefined],
      ['req-1', 'GET', undefined],
      ['req-2', 'GET', undefined],
    ]);
  });

  it('is told once, and with no request, where Fastify makes none', async () => {
    const { app, events, logged } = await start();
    app.server.on('upgrade', (_, socket) => socket.end());
    expect(await send(app, STRANGER, '/%zz', FORGED)).toBe(400);
    const upgrade = [...FORGED, 'Upgrade: a', 'Connection: upgrade'];
    expect(await send(app, STRANGER, '/', upgrade, false)).toBe(403);
    expect(events.map((event) => [event.reason, 'request' in event])).toEqual([
      ['peer-untrusted', false],
      ['peer-untrusted', false],
    ]);
    // The second line waits for the minute to be over.
    expect(logged().map(({ reqId, code, peer }) => [reqId, code, peer])).toEqual([
      [undefined, 'peer-untrusted', STRANGER],
    ]);
  });

  it('is told of a request that a plugin before the adapter answers, or never lets go', async () => {
    const { app, events } = await start((before) => {
      before.addHook('onRequest', (request, reply, done) => {
        if (request.url === '/early') reply.send('early');
        else if (request.url !== '/never') done();
      });
    });
    expect(await send(app, STRANGER, '/early', FORGED)).toBe(200);
    expect(await send(app, STRANGER, '/never', FORGED, false)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events.map(({ reason }) => reason)).toEqual(['peer-untrusted', 'peer-untrusted']);
  });

  it('waits for a plugin before the adapter that waits', async () => {
    const { app, seen } = await start((before) => {
      before.addHook('onRequest', () => new Promise((resolve) => setTimeout(resolve, 20)));
    });
    expect(await send(app, STRANGER, '/notes/8', FORGED)).toBe(403);
    expect(seen).toEqual([['req-1', 'GET', undefined]]);
  });
});

describe("a line of Fastify's log", () => {
  it('has the id of the request, and what can be searched for', async () => {
    const { app, logged } = await start();
    await send(app, STRANGER, '/notes/7', FORGED);
    await send(app, '127.0.0.1', '/notes/7', ['Remote-User: kim', 'Remote-Email: nobody']);
    await send(app, '127.0.0.1', '/notes/7', []);
    const lines = logged();
    expect(
      lines.map(({ reqId, level, code, peer, route }) => [reqId, level, code, peer, route]),
    ).toEqual([
      ['req-1', 40, 'peer-untrusted', '127.0.0.2', '/notes/:id'],
      ['req-2', 40, undefined, undefined, '/notes/:id'],
      ['req-2', 40, 'group-missing', undefined, '/notes/:id'],
      ['req-3', 40, 'authentication-required', undefined, '/notes/:id'],
    ]);
    expect(lines[1].warnings).toEqual([
      { code: 'email-dropped', header: 'Remote-Email', detail: expect.any(String) },
    ]);
    expect(lines.map((line) => 'warnings' in line)).toEqual([false, true, false, false]);
    expect(JSON.stringify(lines)).not.toMatch(/mallory|kim|nobody"/);
  });

  it('says whose claim was passed over', async () => {
    const { app, logged } = await start(undefined, { untrusted: 'ignore', anonymous: 'allow' });
    expect(await send(app, STRANGER, '/', FORGED)).toBe(404);
    expect(logged().map(({ code, peer }) => [code, peer])).toEqual([['peer-untrusted', STRANGER]]);
  });
});
