import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Identity } from '@trusted-header/core';
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';
import { WebSocket } from 'ws';
import {
  AllowAnonymous,
  CurrentIdentity,
  decisionOf,
  RequireGroups,
  TrustedHeaderModule,
  type TrustedHeaderModuleOptions,
} from '../src/index.js';
import { JOHN, listen, visit } from './start.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const apps: INestApplication[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

/** What `handleConnection` was called with, in the order of calls. */
const connected: unknown[] = [];

class Gateway {
  handleConnection(client: { handshake?: { headers: object } }, request?: IncomingMessage) {
    const decision = decisionOf(client);
    const headers = client.handshake?.headers ?? request?.headers ?? {};
    connected.push([
      decision?.kind === 'authenticated' ? decision.identity.user : decision?.kind,
      Object.keys(headers).filter((name) => /^remote/.test(name)),
    ]);
  }

  @SubscribeMessage('whoami')
  whoami(@CurrentIdentity() identity: Identity | undefined) {
    return { event: 'me', data: identity?.user ?? 'nobody' };
  }

  @SubscribeMessage('admin')
  @RequireGroups('admin')
  admin() {
    return { event: 'me', data: 'admin' };
  }

  @SubscribeMessage('open')
  @AllowAnonymous()
  open() {
    return { event: 'me', data: 'open' };
  }
}

@WebSocketGateway({ path: '/live' })
class WsGateway extends Gateway {}

@WebSocketGateway({ transports: ['polling', 'websocket'] })
class IoGateway extends Gateway {}

async function start(
  gateway: new () => Gateway,
  adapter: new (app: INestApplication) => WsAdapter | IoAdapter,
  platform: () => ExpressAdapter | FastifyAdapter,
  more: Partial<TrustedHeaderModuleOptions> = {},
): Promise<number> {
  @Module({ imports: [TrustedHeaderModule.forRoot({ ...options, ...more })], providers: [gateway] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, platform(), { logger: false });
  apps.push(app);
  app.useWebSocketAdapter(new adapter(app));
  connected.length = 0;
  return listen(app);
}

const platforms = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

describe.each(platforms)('a gateway of ws on %s', (_name, platform) => {
  const open = (port: number, headers: Record<string, string>, localAddress = '127.0.0.1') =>
    new WebSocket(`ws://127.0.0.1:${port}/live`, { headers, localAddress });
  const ask = async (socket: WebSocket, event: string): Promise<unknown> => {
    socket.send(JSON.stringify({ event }));
    const [message] = await once(socket, 'message');
    return JSON.parse(String(message));
  };

  it('knows who has opened the socket, from the handshake on', async () => {
    const port = await start(WsGateway, WsAdapter, platform);
    const [john, jane] = [
      open(port, JOHN),
      open(port, { 'Remote-User': 'jane', 'Remote-Groups': 'admin' }),
    ];
    await Promise.all([once(john, 'open'), once(jane, 'open')]);
    expect([
      await ask(john, 'whoami'),
      await ask(jane, 'whoami'),
      await ask(john, 'whoami'),
    ]).toEqual([
      { event: 'me', data: 'john' },
      { event: 'me', data: 'jane' },
      { event: 'me', data: 'john' },
    ]);
    expect(await ask(jane, 'admin')).toEqual({ event: 'me', data: 'admin' });
    expect(await ask(john, 'admin')).toMatchObject({
      event: 'exception',
      data: { status: 403, code: 'group-missing' },
    });
    expect(connected.sort()).toEqual([
      ['jane', []],
      ['john', []],
    ]);
    john.terminate();
    jane.terminate();
  });

  it.each([
    ['nobody', {}, '127.0.0.1', 401],
    ['a stranger', JOHN, '127.0.0.2', 403],
    ['a user twice', { 'Remote-User': 'john, jane' }, '127.0.0.1', 403],
  ])('opens no socket for %s', async (_who, headers, from, status) => {
    const port = await start(WsGateway, WsAdapter, platform);
    const [error] = await once(open(port, headers, from), 'error');
    expect([String(error), connected]).toEqual([
      `Error: Unexpected server response: ${status}`,
      [],
    ]);
  });

  it('hands over the messages of nobody where anybody may ask, but not to a policy', async () => {
    const port = await start(WsGateway, WsAdapter, platform, { anonymous: 'allow' });
    const socket = open(port, {});
    await once(socket, 'open');
    expect(await ask(socket, 'whoami')).toEqual({ event: 'me', data: 'nobody' });
    expect(await ask(socket, 'admin')).toMatchObject({ event: 'exception', data: { status: 401 } });
    socket.terminate();
  });

  it('opens one for nobody where it is told to, and asks at each message', async () => {
    const port = await start(WsGateway, WsAdapter, platform, { anonymousSockets: 'allow' });
    const socket = open(port, {});
    await once(socket, 'open');
    expect(await ask(socket, 'open')).toEqual({ event: 'me', data: 'open' });
    expect(await ask(socket, 'whoami')).toMatchObject({
      event: 'exception',
      data: { status: 401 },
    });
    expect(connected).toEqual([['anonymous', []]]);
    socket.terminate();
    const [error] = await once(open(port, JOHN, '127.0.0.2'), 'error');
    expect(String(error)).toContain('403');
  });
});

describe.each(platforms)('a gateway of socket.io on %s', (_name, platform) => {
  const open = (port: number, more: Partial<ManagerOptions & SocketOptions>) =>
    io(`http://127.0.0.1:${port}`, { reconnection: false, forceNew: true, ...more });

  it.each([['polling'], ['websocket']])('knows who has come by %s', async (transport) => {
    const port = await start(IoGateway, IoAdapter, platform);
    const socket = open(port, { transports: [transport], extraHeaders: JOHN });
    const me = new Promise((done) => socket.once('me', done));
    const refused = new Promise((done) => socket.once('exception', done));
    socket.emit('whoami');
    expect(await me).toBe('john');
    socket.emit('admin');
    expect(await refused).toMatchObject({ status: 403, code: 'group-missing' });
    expect(connected).toEqual([['john', []]]);
    socket.disconnect();
  });

  it.each([['polling'], ['websocket']])('lets nobody connect by %s', async (transport) => {
    const port = await start(IoGateway, IoAdapter, platform);
    const socket = open(port, { transports: [transport] });
    await new Promise((done) => socket.once('connect_error', done));
    expect([socket.connected, connected]).toEqual([false, []]);
    socket.disconnect();
  });

  it.each([
    '/socket.io/?EIO=4&transport=polling',
    '/socket.io/?EIO=4&transport=poll%69ng',
    '/socket.io/?transport=polling',
    '/socket.io/?t=1&EIO=4&transport=polling',
  ])('answers 401 to nobody’s %s', async (path) => {
    const port = await start(IoGateway, IoAdapter, platform);
    expect((await visit(port, path)).status).toBe(401);
    expect((await visit(port, path, { headers: JOHN, from: '127.0.0.2' })).status).toBe(403);
  });
});
