import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { ListenOptions } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  type INestApplication,
  Module,
  type ModuleMetadata,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { createAuthenticator, type DecisionEvent } from '@trusted-header/core';
import { guardServer } from '@trusted-header/node';
import { AllowAnonymous, RequireGroups, TrustedHeaderModule } from '../src/index.js';
import { JOHN, visit } from './start.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const apps: INestApplication[] = [];
const servers: Server[] = [];
/** What applications have told Nest's logger. */
const errors: unknown[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

async function listen(server: Server, { port = 0 }: ListenOptions = {}): Promise<number> {
  servers.push(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

@Controller()
class Routes {
  @Get()
  home() {
    return 'home';
  }

  @Get('open')
  @AllowAnonymous()
  open() {
    return 'open';
  }

  @Get('wheel')
  @RequireGroups('wheel')
  wheel() {
    return 'wheel';
  }
}

async function create(
  adapter: ExpressAdapter | FastifyAdapter,
  metadata: ModuleMetadata,
): Promise<INestApplication> {
  @Module(metadata)
  class AppModule {}
  const nothing = () => undefined;
  const logger = { log: nothing, warn: nothing, error: (message: unknown) => errors.push(message) };
  const app = await NestFactory.create(AppModule, adapter, { logger });
  apps.push(app);
  return app;
}

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('a request on %s that the module has not seen', (_, adapter) => {
  it.each(['/', '/open', '/wheel'])('gets nothing from %s, open or not', async (path) => {
    const imports = [TrustedHeaderModule.forRoot(options)];
    const app = await create(adapter(), { imports, controllers: [Routes] });
    await app.init();
    const instance: unknown = app.getHttpAdapter().getInstance();
    const { routing: handler = instance, ready } = Object(instance);
    if (instance !== handler) await Reflect.apply(ready, instance, []);
    // A function of its own: nothing tells that this server serves the same application.
    const port = await listen(createServer((req, res) => Reflect.apply(handler, null, [req, res])));
    errors.length = 0;
    for (const headers of [JOHN, {}]) {
      const { status, body } = await visit(port, path, { headers });
      expect([status, body]).toEqual([500, expect.stringContaining('Internal')]);
    }
    expect(errors.map(String).join()).toMatch(
      /Routes\.\w+ was called for a request that TrustedHeaderModule has not seen/,
    );
    // Of what there is not it learns no more than of any application.
    expect((await visit(port, '/nowhere', { headers: JOHN })).status).toBe(404);
  });
});

it('an application that is mounted in another one tells observers of the whole route', async () => {
  const told: unknown[] = [];
  const onDecision = ({ reason, route }: DecisionEvent) => told.push([reason, route]);
  const authenticator = createAuthenticator({ ...options, onDecision });
  const imports = [TrustedHeaderModule.forRoot({ authenticator })];
  const app = await create(new ExpressAdapter(), { imports, controllers: [Routes] });
  await app.init();
  const outer = new ExpressAdapter().getInstance();
  outer.use('/v1', app.getHttpAdapter().getInstance());
  const server = createServer(outer);
  guardServer(server, { authenticator, handler: outer });
  const port = await listen(server);
  expect((await visit(port, '/v1/', { headers: JOHN })).body).toBe('home');
  expect((await visit(port, '/v1/wheel', { headers: JOHN })).status).toBe(403);
  expect((await visit(port, '/v1/open')).body).toBe('open');
  expect((await visit(port, '/v1/')).status).toBe(401);
  expect(told).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    ['group-missing', '/v1/wheel'],
    [undefined, undefined],
    [undefined, undefined],
  ]);
});

it('a gateway on a port of its own leaves the other servers of the process alone, and its port when it is over', async () => {
  const echo = () => createServer(({ headers }, res) => res.end(headers['remote-user']));
  const ownPort = await listen(echo());
  servers.splice(0)[0]?.close();

  @WebSocketGateway(ownPort)
  class Gateway {
    @SubscribeMessage('hi')
    hi() {
      return 'hi';
    }
  }
  const imports = [TrustedHeaderModule.forRoot(options)];
  const app = await create(new ExpressAdapter(), { imports, providers: [Gateway] });
  app.useWebSocketAdapter(new WsAdapter(app));
  await app.listen(0, '127.0.0.1');
  const stranger = { headers: { 'Remote-User': 'mallory' }, from: '127.0.0.2' };
  expect((await visit(ownPort, '/', stranger)).status).toBe(403);
  expect(await visit(await listen(echo()), '/', stranger)).toMatchObject({ body: 'mallory' });
  await app.close();
  await listen(echo(), { port: ownPort });
  expect(await visit(ownPort, '/', stranger)).toMatchObject({ body: 'mallory' });
});
