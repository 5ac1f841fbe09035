import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  type DynamicModule,
  Get,
  type INestApplication,
  Module,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { type AsyncAuthenticator, createAuthenticator, withProof } from '@trusted-header/core';
import { lastValueFrom } from 'rxjs';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import {
  AllowAnonymous,
  CurrentIdentity,
  CurrentUser,
  decisionOf,
  type Identity,
  RequireGroups,
  RequireUser,
  SignInModule,
  TrustedHeaderGuard,
  TrustedHeaderModule,
} from '../src/index.js';
import { listen, visit } from './start.js';

const closers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of closers.splice(0)) await each.close();
});

/** What the proof was asked about. */
const asked: (string | undefined)[] = [];

/** Takes its time; the header names the user, and `root` is an admin. */
function proving(): AsyncAuthenticator {
  asked.length = 0;
  const plain = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
  return withProof(plain, {
    name: 'proof of the test',
    headers: ['X-Proof'],
    asks: 'claims',
    async prove({ value: user }) {
      asked.push(user);
      await wait(user === 'alice' ? 120 : 30);
      if (user === undefined || user === 'failure') throw new Error('down');
      return { kind: 'proven', identity: { user, ...(user === 'root' && { groups: ['admin'] }) } };
    },
  });
}

const proof = (user: string) => ({ headers: { 'X-Proof': user } });
const STRANGER = { ...proof('root'), from: '127.0.0.2' };

@Controller()
class Routes {
  @Get()
  home(@CurrentIdentity() { user }: Identity) {
    return user;
  }

  @Get('open')
  @AllowAnonymous()
  open(@CurrentIdentity() identity: Identity | undefined) {
    return identity?.user ?? 'nobody';
  }

  @Get('admin')
  @RequireGroups('admin')
  admin(@CurrentIdentity() { user }: Identity) {
    return user;
  }
}

const platforms = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

async function create(
  imports: DynamicModule[],
  platform: () => ExpressAdapter | FastifyAdapter,
  more: { readonly controllers?: Type[]; readonly providers?: Type[] } = {},
): Promise<INestApplication> {
  @Module({ imports, controllers: more.controllers ?? [Routes], providers: more.providers ?? [] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, platform(), { logger: false });
  closers.push(app);
  return app;
}

/** What each of several users gets who ask at once, and a stranger. */
async function answersAt(port: number, path: string): Promise<unknown> {
  const answers = await Promise.all([
    visit(port, path, proof('alice')),
    visit(port, path, proof('bobby')),
    visit(port, path, proof('root')),
    visit(port, path, proof('failure')),
    visit(port, path, STRANGER),
    visit(port, path),
  ]);
  return answers.map(({ status, body }) => (status === 200 ? body : status));
}

describe.each(platforms)('proofs that have to be asked for, on %s', (_name, platform) => {
  it('are waited for by the guard, and belong to who has them', async () => {
    const app = await create([TrustedHeaderModule.forRoot(proving())], platform);
    const port = await listen(app);
    expect(await answersAt(port, '/')).toEqual(['alice', 'bobby', 'root', 503, 403, 401]);
    expect(await answersAt(port, '/admin')).toEqual([403, 403, 'root', 503, 403, 401]);
    expect(await answersAt(port, '/open')).toEqual(['alice', 'bobby', 'root', 503, 403, 'nobody']);
    expect(await answersAt(port, '/nowhere')).toEqual([404, 404, 404, 503, 403, 401]);
    expect(asked).toHaveLength(16);
  });

  it('are waited for where the guard is not global, and options come later', async () => {
    @Controller()
    class Guarded {
      @Get()
      @UseGuards(TrustedHeaderGuard)
      home(@CurrentIdentity() { user }: Identity) {
        return user;
      }

      @Get('admin')
      @RequireGroups('admin')
      admin(@CurrentIdentity() { user }: Identity) {
        return user;
      }

      @Get('unguarded')
      unguarded(@CurrentIdentity() identity: Identity | undefined) {
        return identity?.user ?? 'nobody';
      }
    }
    const module = TrustedHeaderModule.forRootAsync({
      global: false,
      useFactory: async () => ({ authenticator: proving(), anonymous: 'allow' as const }),
    });
    const port = await listen(await create([module], platform, { controllers: [Guarded] }));
    expect(await answersAt(port, '/')).toEqual(['alice', 'bobby', 'root', 503, 403, 500]);
    expect(await answersAt(port, '/admin')).toEqual([403, 403, 'root', 503, 403, 401]);
    expect(await answersAt(port, '/unguarded')).toEqual([
      'alice',
      'bobby',
      'root',
      503,
      403,
      'nobody',
    ]);
  });

  it('are waited for before anybody is signed in', async () => {
    @Controller()
    class Users {
      @Get()
      @RequireUser()
      home(@CurrentUser() user: object) {
        return JSON.stringify(user);
      }
    }
    const signIn = SignInModule.forRoot({ find: ({ user }) => ({ name: user }) });
    const app = await create([TrustedHeaderModule.forRoot(proving()), signIn], platform, {
      controllers: [Users],
    });
    expect(await answersAt(await listen(app), '/')).toEqual([
      '{"name":"alice"}',
      '{"name":"bobby"}',
      '{"name":"root"}',
      503,
      403,
      401,
    ]);
  });

  it('say nothing to a microservice of the same application, which is denied as ever', async () => {
    @Controller()
    class Sums {
      @MessagePattern('closed')
      closed() {
        return 'closed';
      }
    }
    const app = await create([TrustedHeaderModule.forRoot(proving())], platform, {
      controllers: [Routes, Sums],
    });
    const rpc = app.connectMicroservice(
      { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } },
      { inheritAppConfig: true },
    );
    await app.startAllMicroservices();
    const client = ClientProxyFactory.create({
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port: portOf(rpc.unwrap<Server>()) },
    });
    closers.push(client);
    await expect(lastValueFrom(client.send('closed', {}))).rejects.toMatchObject({
      message: expect.stringContaining('Sums.closed was called by rpc'),
    });
    expect(await answersAt(await listen(app), '/')).toEqual([
      'alice',
      'bobby',
      'root',
      503,
      403,
      401,
    ]);
  });
});

class Gateway {
  handleConnection(client: { handshake?: { headers: object } }, request?: IncomingMessage) {
    const decision = decisionOf(client);
    const headers = client.handshake?.headers ?? request?.headers ?? {};
    connected.push([
      decision?.kind === 'authenticated' ? decision.identity.user : decision?.kind,
      Object.keys(headers).filter((name) => /proof/.test(name)),
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
}

/** What `handleConnection` was called with, in the order of calls. */
const connected: unknown[] = [];

@WebSocketGateway({ path: '/live' })
class WsGateway extends Gateway {}

@WebSocketGateway({ transports: ['polling', 'websocket'] })
class IoGateway extends Gateway {}

async function startGateway(
  gateway: new () => Gateway,
  adapter: new (app: INestApplication) => WsAdapter | IoAdapter,
  platform: () => ExpressAdapter | FastifyAdapter,
): Promise<number> {
  const app = await create([TrustedHeaderModule.forRoot(proving())], platform, {
    providers: [gateway],
  });
  app.useWebSocketAdapter(new adapter(app));
  connected.length = 0;
  return listen(app);
}

const NOT_IN = ['failure', 'nobody'] as const;

describe.each(platforms)('handshakes whose proof has to be asked for, on %s', (_name, platform) => {
  const open = (port: number, user: string, localAddress = '127.0.0.1', path = '/live') =>
    new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      localAddress,
      ...(user !== 'nobody' && proof(user)),
    });

  it('of ws wait: each socket belongs to who has opened it, at each message', async () => {
    const port = await startGateway(WsGateway, WsAdapter, platform);
    const users = ['alice', 'bobby', 'root'];
    const sockets = users.map((user) => open(port, user));
    const answers = sockets.map(async (socket) => {
      await once(socket, 'open');
      const ask = async (event: string) => {
        socket.send(JSON.stringify({ event }));
        const [message] = await once(socket, 'message');
        return JSON.parse(String(message)).data;
      };
      const [me, admin] = [await ask('whoami'), await ask('admin')];
      socket.terminate();
      return [me, admin.code ?? admin];
    });
    expect(await Promise.all(answers)).toEqual([
      ['alice', 'group-missing'],
      ['bobby', 'group-missing'],
      ['root', 'admin'],
    ]);
    expect(connected.sort()).toEqual([
      ['alice', []],
      ['bobby', []],
      ['root', []],
    ]);
    expect(asked.sort()).toEqual(users);
  });

  it.each([
    ['failure', '127.0.0.1', 503],
    ['nobody', '127.0.0.1', 401],
    ['root', '127.0.0.2', 403],
  ])('of ws are refused: %s from %s gets %i', async (user, from, status) => {
    const port = await startGateway(WsGateway, WsAdapter, platform);
    const [error] = await once(open(port, user, from), 'error');
    expect([String(error), connected]).toEqual([
      `Error: Unexpected server response: ${status}`,
      [],
    ]);
  });

  it('of a gateway on a port of its own wait as well', async () => {
    const ownPort = await freePort();
    @WebSocketGateway(ownPort)
    class OwnPortGateway extends Gateway {}
    await startGateway(OwnPortGateway, WsAdapter, platform);
    const socket = open(ownPort, 'alice', '127.0.0.1', '/');
    await once(socket, 'open');
    const [error] = await once(open(ownPort, 'failure', '127.0.0.1', '/'), 'error');
    expect(String(error)).toContain('503');
    await wait(20);
    expect(connected).toEqual([['alice', []]]);
    socket.terminate();
  });

  it.each(['polling', 'websocket'])('of socket.io by %s wait', async (transport) => {
    const port = await startGateway(IoGateway, IoAdapter, platform);
    const connect = (user: string) =>
      io(`http://127.0.0.1:${port}`, {
        reconnection: false,
        forceNew: true,
        transports: [transport],
        ...(user !== 'nobody' && { extraHeaders: { 'X-Proof': user } }),
      });
    const users = ['alice', 'bobby', 'root'].map(async (user) => {
      const socket = connect(user);
      const me = new Promise((done) => socket.once('me', done));
      socket.emit('whoami');
      const name = await me;
      socket.disconnect();
      return name;
    });
    const others = NOT_IN.map(async (user) => {
      const socket = connect(user);
      await new Promise((done) => socket.once('connect_error', done));
      return socket.connected;
    });
    expect(await Promise.all(users)).toEqual(['alice', 'bobby', 'root']);
    expect(await Promise.all(others)).toEqual([false, false]);
    expect(connected.sort()).toEqual([
      ['alice', []],
      ['bobby', []],
      ['root', []],
    ]);
  });
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const port = portOf(probe);
  probe.close();
  await once(probe, 'close');
  return port;
}
