// An application with everything on its servers that can read a request before a guard is asked. It tells its parent its
// ports, and on demand what was read and who was connected. In a process of its own: a client in the same one would be no
// stranger. Arguments: platform, WebSocket library, options of the module as JSON, `dual` for two addresses of localhost.
import dns from 'node:dns';
import http from 'node:http';
import 'reflect-metadata';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import {
  AllowAnonymous,
  decisionOf,
  RequireGroups,
  TrustedHeaderModule,
} from '@trusted-header/nestjs';

const [platform, sockets, options = '{}', dual] = process.argv.slice(2);
const { ExpressAdapter, FastifyAdapter } = await import(`@nestjs/platform-${platform}`);
const { IoAdapter, WsAdapter } = await import(
  `@nestjs/platform-${sockets === 'io' ? 'socket.io' : 'ws'}`
);

/** Headers that somebody could read and should not have. */
const read = [];
const connected = [];
function spy(who, req) {
  const { headers, headersDistinct, rawHeaders } = req;
  const names = [...Object.keys(headers), ...Object.keys(headersDistinct), ...rawHeaders];
  if (names.some((name) => /^remote.user$/i.test(name))) read.push(who);
}

const decorate = (target, name, ...decorators) => {
  // As TypeScript applies them: from the last to the first, each on what the one before has left.
  let descriptor = Object.getOwnPropertyDescriptor(target.prototype, name);
  for (const decorator of decorators.reverse()) {
    descriptor = decorator(target.prototype, name, descriptor) ?? descriptor;
  }
  Object.defineProperty(target.prototype, name, descriptor);
};
/** Puts another function in the place of the method, as tracing and caching decorators do. */
const Trace = () => (_target, _name, descriptor) => {
  const { value } = descriptor;
  return { ...descriptor, value: (...args) => value(...args) };
};

class HomeController {
  home() {
    return 'home';
  }
  trains() {
    return 'trains';
  }
  post(body) {
    return body;
  }
  traced() {
    return 'admin';
  }
}
decorate(HomeController, 'home', Get());
decorate(HomeController, 'trains', AllowAnonymous(), Get('trains'));
decorate(HomeController, 'post', Post('post'));
Body()(HomeController.prototype, 'post', 0);
decorate(HomeController, 'traced', Get('traced'), Trace(), RequireGroups('admin'));
Controller()(HomeController);

class Base {
  inherited() {
    return 'inherited';
  }
}
decorate(Base, 'inherited', Get('inherited'));
AllowAnonymous()(Base);
class Derived extends Base {
  own() {
    return 'own';
  }
}
decorate(Derived, 'own', Get('own'));
Controller('derived')(Derived);

class GuardedBase {
  secret() {
    return 'secret';
  }
}
decorate(GuardedBase, 'secret', RequireGroups('admin'));
class Overriding extends GuardedBase {
  secret() {
    return 'overridden';
  }
}
decorate(Overriding, 'secret', Get('secret'));
Controller('overriding')(Overriding);

class Gateway {
  handleConnection(client, req) {
    const decision = decisionOf(client);
    spy(
      'handleConnection',
      client.handshake ? { headersDistinct: {}, rawHeaders: [], ...client.handshake } : req,
    );
    connected.push(decision?.kind === 'authenticated' ? decision.identity.user : 'nobody');
  }
  hi() {
    return { event: 'hi', data: 'secret news' };
  }
}
decorate(Gateway, 'hi', SubscribeMessage('hi'));
class OwnPortGateway extends Gateway {}
WebSocketServer()(OwnPortGateway.prototype, 'server');
const ownPort = await freePort();
WebSocketGateway(sockets === 'io' ? {} : { path: '/live' })(Gateway);
WebSocketGateway(ownPort)(OwnPortGateway);

class AppModule {}
Module({
  imports: [
    TrustedHeaderModule.forRoot({
      trustedProxies: '127.0.0.1,::1',
      log: false,
      ...JSON.parse(options),
    }),
  ],
  controllers: [HomeController, Derived, Overriding],
  providers: [Gateway, OwnPortGateway],
})(AppModule);

const app = await NestFactory.create(AppModule, new (ExpressAdapter ?? FastifyAdapter)(), {
  logger: false,
});
app.useWebSocketAdapter(new (IoAdapter ?? WsAdapter)(app));
const server = app.getHttpServer();
server.prependListener('request', (req) => spy('request', req));
server.maxRequestsPerSocket = 1;
server.on('dropRequest', (req) => spy('dropRequest', req));
server.on('connect', (req, socket) => {
  spy('connect', req);
  socket.end('HTTP/1.1 200 Connected\r\n\r\n');
});
server.on('checkContinue', (req, res) => {
  spy('checkContinue', req);
  res.writeContinue();
  server.emit('request', req, res);
});
if (platform === 'express') {
  app.use((req, _res, next) => {
    spy('middleware', req);
    next();
  });
} else {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async ({ raw }) => spy('hook', raw));
}
if (dual) {
  const { lookup } = dns;
  const both = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  dns.lookup = (host, options, done) =>
    host === 'localhost' && options?.all
      ? process.nextTick(done, null, both)
      : lookup(host, options, done);
}
if (dual) await app.listen(0);
else await app.listen(0, '127.0.0.1');
const instance = app.getHttpAdapter().getInstance();
const second = http.createServer(platform === 'express' ? instance : instance.routing);
second.prependListener('request', (req) => spy('second', req));
second.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  process.send({ port, second: second.address().port, ownPort });
});
process.on('message', () => process.send({ read: read.splice(0), connected: connected.splice(0) }));
process.on('disconnect', () => process.exit());

function freePort() {
  const probe = http.createServer().listen(0, '127.0.0.1');
  return new Promise((found) => {
    probe.on('listening', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}
