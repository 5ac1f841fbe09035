// The same checks on whatever Nest is installed beside this file, as JSON: argument is the platform.
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { defineRoles } from '@trusted-header/login';
import {
  AllowAnonymous,
  CurrentIdentity,
  CurrentUser,
  decisionOf,
  RequireGroups,
  RequireRole,
  SignInModule,
  TrustedHeaderModule,
} from '@trusted-header/nestjs';
import { WebSocket } from 'ws';

const [platform] = process.argv.slice(2);
const { ExpressAdapter, FastifyAdapter } = await import(`@nestjs/platform-${platform}`);

class HomeController {
  home({ user }) {
    return user;
  }
  open(identity) {
    return identity?.user ?? 'nobody';
  }
  admin() {
    return 'admin';
  }
  user({ id }) {
    return String(id);
  }
  role() {
    return 'role';
  }
  viewer() {
    return 'viewer';
  }
}
class LiveGateway {
  handleConnection(client) {
    connected.push(decisionOf(client)?.identity?.user);
  }
  whoami({ user }) {
    return { event: 'me', data: user };
  }
  admin() {
    return { event: 'me', data: 'admin' };
  }
  role() {
    return { event: 'me', data: 'role' };
  }
}
class AppModule {}
const connected = [];
const decorate = (target, name, ...decorators) => {
  const descriptor = Object.getOwnPropertyDescriptor(target.prototype, name);
  for (const decorator of decorators) decorator(target.prototype, name, descriptor);
};
Controller()(HomeController);
decorate(HomeController, 'home', Get());
decorate(HomeController, 'open', Get('open'), AllowAnonymous());
decorate(HomeController, 'admin', Get('admin'), RequireGroups('admin'));
decorate(HomeController, 'user', Get('user'));
decorate(HomeController, 'role', Get('role'), RequireRole('admin'));
decorate(HomeController, 'viewer', Get('viewer'), RequireRole('viewer'));
CurrentUser()(HomeController.prototype, 'user', 0);
for (const name of ['home', 'open']) CurrentIdentity()(HomeController.prototype, name, 0);
WebSocketGateway({ path: '/live' })(LiveGateway);
decorate(LiveGateway, 'whoami', SubscribeMessage('whoami'));
decorate(LiveGateway, 'admin', SubscribeMessage('admin'), RequireGroups('admin'));
decorate(LiveGateway, 'role', SubscribeMessage('role'), RequireRole('viewer'));
CurrentIdentity()(LiveGateway.prototype, 'whoami', 0);
Module({
  imports: [
    SignInModule.forRoot({
      find: ({ user }) => ({ id: 1, name: user }),
      roles: defineRoles({ admin: 'ops', viewer: '*' }),
    }),
    TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', log: false }),
  ],
  controllers: [HomeController],
  providers: [LiveGateway],
})(AppModule);
const Adapter = ExpressAdapter ?? FastifyAdapter;
const app = await NestFactory.create(AppModule, new Adapter(), { logger: false });
app.useWebSocketAdapter(new WsAdapter(app));
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address();
const visit = async (path, headers = {}, localAddress = '127.0.0.1') => {
  const req = request({ host: '127.0.0.1', port, path, headers, localAddress, agent: false }).end();
  const [res] = await once(req, 'response');
  return [res.statusCode, await text(res)];
};
const john = { 'Remote-User': 'john' };
const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers: john });
await once(socket, 'open');
const ask = async (event) => {
  socket.send(JSON.stringify({ event }));
  // With ws, Nest 11 tells clients nothing of exceptions.
  const signal = AbortSignal.timeout(1000);
  const [message] = await once(socket, 'message', { signal }).catch(() => ['"no answer"']);
  return JSON.parse(String(message));
};
const refused = new WebSocket(`ws://127.0.0.1:${port}/live`);
const [error] = await once(refused, 'error');
console.log(
  JSON.stringify({
    home: await visit('/', john),
    nobody: await visit('/'),
    stranger: await visit('/', john, '127.0.0.2'),
    open: await visit('/open'),
    admin: await visit('/admin', john),
    nowhere: await visit('/nowhere'),
    found: await visit('/nowhere', john),
    me: await ask('whoami'),
    notAdmin: await ask('admin'),
    user: await visit('/user', john),
    role: await visit('/role', { ...john, 'Remote-Groups': 'dev' }),
    viewer: await visit('/viewer', { ...john, 'Remote-Groups': 'dev' }),
    noSession: await ask('role'),
    refused: String(error),
    connected,
  }),
);
process.exit();
