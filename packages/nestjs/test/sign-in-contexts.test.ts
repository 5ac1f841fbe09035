import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { createAuthenticator, type Identity } from '@trusted-header/core';
import { createLogin } from '@trusted-header/login';
import { decideRequest } from '@trusted-header/node';
import { lastValueFrom } from 'rxjs';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import {
  AllowAnonymous,
  CurrentIdentity,
  CurrentUser,
  RequireRole,
  RequireUser,
  SignInGuard,
  SignInModule,
  TrustedHeaderModule,
} from '../src/index.js';
import { JOHN, listen } from './start.js';
import { createUsers } from './users.js';

const closers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of closers.splice(0)) await each.close();
});

/** It starts a process, which takes its time where others do so as well. */
const PROCESS_MS = 30_000;

const NO_SESSION = 'asks for a user or a role, and was called by what has no session';

function modulesWith(users = createUsers()) {
  return [
    SignInModule.forRoot({ find: users.find, log: false }),
    TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', log: false }),
  ];
}

describe('GraphQL resolvers', () => {
  it(
    'know the user, who is asked for once for each request',
    async () => {
      const program = new URL('./graphql-sign-in-app.mjs', import.meta.url).pathname;
      const { stdout } = await promisify(execFile)(process.execPath, [program]);
      expect(JSON.parse(stdout)).toEqual({
        alice: { data: { me: 'alice', admin: 'admin', open: 'alice' } },
        asked: 1,
        openTwice: { data: { one: 'alice', two: 'alice' } },
        askedThen: 2,
        bob: { data: { me: 'bob', admin: null }, errors: ['Forbidden: role-missing'] },
        unknown: { data: { me: null }, errors: ['Forbidden: user-unknown'] },
        nobody: {
          data: { me: null, admin: null, open: 'nobody' },
          errors: [
            'Unauthorized: authentication-required',
            'Unauthorized: authentication-required',
          ],
        },
        signOut: {
          data: { signOut: 'signed out', change: null },
          errors: ['Unauthorized: authentication-required'],
        },
        down: {
          data: { open: 'nobody', me: null },
          errors: [expect.stringContaining('user-unavailable')],
        },
      });
    },
    PROCESS_MS,
  );

  class NewsResolver {
    @RequireUser()
    news() {}
    free() {}
  }
  const { news, free } = NewsResolver.prototype;

  /** What asks, and how it is called with a context of the application's. */
  function guardWith({ find }: ReturnType<typeof createUsers>) {
    const guard = new SignInGuard(createLogin({ find }), { canActivate: () => true });
    return (handler: () => void, graphql: unknown) => {
      const args = [undefined, {}, graphql, {}];
      const context = new ExecutionContextHost(args, NewsResolver, handler);
      context.setType('graphql');
      return guard.canActivate(context);
    };
  }

  it.each([
    ['Apollo', (request: object) => ({ req: request })],
    ['a context with the request', (request: object) => ({ req: {}, request })],
    ['Mercurius', (request: object) => ({ request: null, reply: { request } })],
    ['a subscription by HTTP', (request: object) => ({ reply: null, extra: { request } })],
  ])('know the user by the request in the context of %s', async (_, contextOf) => {
    const users = createUsers();
    const call = guardWith(users);
    await expect(call(news, contextOf(await requestOf('alice')))).resolves.toBe(true);
    expect(users.asked).toEqual(['alice']);
  });

  it.each([
    [
      'subscriptions, whose handshake has no session',
      async () => ({ extra: { request: await requestOf('alice', UPGRADE) } }),
    ],
    ['a context without a request', async () => ({ reply: null, extra: 'none' })],
    ['no context', async () => null],
  ])('that ask for a user refuse %s', async (_, contextOf) => {
    const users = createUsers();
    const call = guardWith(users);
    await expect(call(news, await contextOf())).rejects.toThrow(NO_SESSION);
    await expect(call(free, await contextOf())).resolves.toBe(true);
    expect(users.asked).toEqual([]);
  });
});

describe('a gateway', () => {
  class NewsGateway {
    @SubscribeMessage('whoami')
    whoami(@CurrentIdentity() identity: Identity) {
      return { event: 'me', data: identity.user };
    }

    @SubscribeMessage('admin')
    @RequireRole('admin')
    admin() {
      return { event: 'me', data: 'admin' };
    }

    @SubscribeMessage('user')
    user(@CurrentUser() user: unknown) {
      return { event: 'me', data: user ?? 'nobody' };
    }
  }

  @WebSocketGateway({ path: '/live' })
  class WsNewsGateway extends NewsGateway {}

  // By polling, the request of its handshake is an ordinary one.
  @WebSocketGateway({ transports: ['polling'] })
  class IoNewsGateway extends NewsGateway {}

  it.each([
    ['Express', () => new ExpressAdapter()],
    ['Fastify', () => new FastifyAdapter()],
  ])('of socket.io refuses what asks for a user as well, on %s', async (_, platform) => {
    const users = createUsers();
    @Module({ imports: modulesWith(users), providers: [IoNewsGateway] })
    class AppModule {}
    const app = await NestFactory.create(AppModule, platform(), { logger: false });
    closers.push(app);
    app.useWebSocketAdapter(new IoAdapter(app));
    const socket = io(`http://127.0.0.1:${await listen(app)}`, {
      transports: ['polling'],
      reconnection: false,
      extraHeaders: { 'Remote-User': 'alice', 'Remote-Groups': 'ops' },
    });
    const answer = (event: string) => new Promise((done) => socket.once(event, done));
    const [me, refused] = [answer('me'), answer('exception')];
    socket.emit('whoami');
    expect(await me).toBe('alice');
    socket.emit('admin');
    expect(await refused).toMatchObject({ message: expect.stringContaining(NO_SESSION) });
    expect(users.asked).toEqual([]);
    socket.disconnect();
  });

  it('knows the identity of its handshake, and refuses what asks for a user', async () => {
    const users = createUsers();
    @Module({ imports: modulesWith(users), providers: [WsNewsGateway] })
    class AppModule {}
    const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
    closers.push(app);
    app.useWebSocketAdapter(new WsAdapter(app));
    const socket = new WebSocket(`ws://127.0.0.1:${await listen(app)}/live`, { headers: JOHN });
    await once(socket, 'open');
    const ask = async (event: string): Promise<unknown> => {
      socket.send(JSON.stringify({ event }));
      const [message] = await once(socket, 'message');
      return JSON.parse(String(message));
    };
    expect(await ask('whoami')).toEqual({ event: 'me', data: 'john' });
    expect(await ask('admin')).toMatchObject({
      event: 'exception',
      data: { message: expect.stringContaining(`WsNewsGateway.admin ${NO_SESSION}`) },
    });
    expect(await ask('user')).toMatchObject({ event: 'exception' });
    expect(users.asked).toEqual([]);
    socket.terminate();
  });
});

describe('a microservice', () => {
  @Controller()
  class SumController {
    @MessagePattern('open')
    @AllowAnonymous()
    open() {
      return 'open';
    }

    @MessagePattern('user')
    @RequireUser()
    user() {
      return 'user';
    }
  }

  it('is refused what asks for a user', async () => {
    @Module({ imports: modulesWith(), controllers: [SumController] })
    class AppModule {}
    const at = { host: '127.0.0.1', port: 0 };
    const app = await NestFactory.createMicroservice(AppModule, {
      transport: Transport.TCP,
      options: at,
      logger: false,
    });
    closers.push(app);
    await app.listen();
    const { port } = app.unwrap<{ address(): { port: number } }>().address();
    const client = ClientProxyFactory.create({
      transport: Transport.TCP,
      options: { ...at, port },
    });
    closers.push(client);
    expect(await lastValueFrom(client.send('open', {}))).toBe('open');
    await expect(lastValueFrom(client.send('user', {}))).rejects.toMatchObject({
      message: expect.stringContaining('SumController.user'),
    });
  });
});

const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';

/** A request, or a handshake, as a server gets it, decided as coming from the proxy. */
async function requestOf(user: string, lines = ''): Promise<IncomingMessage> {
  const server = createServer().listen(0, '127.0.0.1');
  closers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = connect(port, '127.0.0.1');
  client.write(`GET / HTTP/1.1\r\nHost: a\r\n${lines}Remote-User: ${user}\r\n\r\n`);
  const [req] = await once(server, lines === '' ? 'request' : 'upgrade');
  decideRequest(req, createAuthenticator({ trustedProxies: '127.0.0.1', log: false }));
  client.destroy();
  req.socket.destroy();
  return req;
}
