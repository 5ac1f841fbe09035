// A GraphQL application on Mercurius, and what it answers, as JSON. In a process of its own, because jest cannot load
// Mercurius; decorators are called as functions, because Node knows none.
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  AllowAnonymous,
  CurrentIdentity,
  RequireGroups,
  TrustedHeaderModule,
} from '@trusted-header/nestjs';

class MeResolver {
  me({ user }) {
    return user;
  }
  secret() {
    return 'secret';
  }
  open(identity) {
    return identity?.user ?? 'nobody';
  }
}
class AppModule {}

const decorate = (target, name, ...decorators) => {
  const descriptor = Object.getOwnPropertyDescriptor(target.prototype, name);
  for (const decorator of decorators) decorator(target.prototype, name, descriptor);
};
Resolver()(MeResolver);
decorate(MeResolver, 'me', Query('me'));
decorate(MeResolver, 'secret', Query('secret'), RequireGroups('admin'));
decorate(MeResolver, 'open', Query('open'), AllowAnonymous());
for (const name of ['me', 'open']) CurrentIdentity()(MeResolver.prototype, name, 0);
Module({
  imports: [
    TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', log: false }),
    GraphQLModule.forRoot({
      driver: MercuriusDriver,
      typeDefs: 'type Query { me: String, secret: String, open: String }',
    }),
  ],
  providers: [MeResolver],
})(AppModule);

const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address();

const john = { 'Remote-User': 'john' };
const query = (field, headers, localAddress = '127.0.0.1') =>
  new Promise((done, failed) => {
    const req = request({
      host: '127.0.0.1',
      port,
      path: '/graphql',
      method: 'POST',
      localAddress,
    });
    for (const [name, value] of Object.entries(headers)) req.setHeader(name, value);
    req.setHeader('content-type', 'application/json');
    req.on('error', failed);
    req.on('response', async (res) => done(JSON.parse(await text(res))));
    req.end(JSON.stringify({ query: `{ ${field} }` }));
  });

console.log(
  JSON.stringify({
    me: await query('me', john),
    openForNobody: await query('open', {}),
    meForNobody: await query('me', {}),
    secret: await query('secret', john),
    stranger: await query('open', john, '127.0.0.2'),
  }),
);
process.exit();
