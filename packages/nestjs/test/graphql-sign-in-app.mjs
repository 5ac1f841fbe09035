// A GraphQL application on Mercurius that signs in, and what it answers, as JSON. In a process of its own, because jest
// cannot load Mercurius; decorators are called as functions, because Node knows none.
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import fastifyCookie from '@fastify/cookie';
import fastifySessionPlugin from '@fastify/session';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Context, GraphQLModule, Mutation, Query, Resolver } from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { defineRoles } from '@trusted-header/login';
import {
  AllowAnonymous,
  CurrentUser,
  fastifySession,
  RequireRole,
  RequireUser,
  SignInModule,
  signOut,
  TrustedHeaderModule,
} from '@trusted-header/nestjs';

class MeResolver {
  me(user) {
    return user?.name ?? 'nobody';
  }
  admin() {
    return 'admin';
  }
  open(user) {
    return user?.name ?? 'nobody';
  }
  async signOut(context) {
    await signOut(context.reply.request);
    return 'signed out';
  }
  change() {
    return 'changed';
  }
}
class AppModule {}

const decorate = (target, name, ...decorators) => {
  const descriptor = Object.getOwnPropertyDescriptor(target.prototype, name);
  for (const decorator of decorators) decorator(target.prototype, name, descriptor);
};
Resolver()(MeResolver);
decorate(MeResolver, 'me', Query('me'));
decorate(MeResolver, 'admin', Query('admin'), RequireRole('admin'));
decorate(MeResolver, 'open', Query('open'), AllowAnonymous());
decorate(MeResolver, 'signOut', Mutation('signOut'));
decorate(MeResolver, 'change', Mutation('change'), RequireUser());
for (const name of ['me', 'open']) CurrentUser()(MeResolver.prototype, name, 0);
Context()(MeResolver.prototype, 'signOut', 0);

let asked = 0;
let isDown = false;
Module({
  imports: [
    SignInModule.forRoot({
      find({ user }) {
        asked++;
        if (isDown) throw new Error('no connection');
        return user === 'mallory' ? null : { name: user };
      },
      roles: defineRoles({ admin: 'ops', viewer: '*' }),
      session: fastifySession,
      log: false,
    }),
    TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', log: false }),
    GraphQLModule.forRoot({
      driver: MercuriusDriver,
      typeDefs: `
        type Query { me: String, admin: String, open: String }
        type Mutation { signOut: String, change: String }
      `,
    }),
  ],
  providers: [MeResolver],
})(AppModule);

const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
await app.register(fastifyCookie);
await app.register(fastifySessionPlugin, {
  secret: 'a secret of these tests, of more than 32 characters',
  saveUninitialized: false,
  cookie: { secure: false },
});
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address();

const ask = (query, headers) =>
  new Promise((done, failed) => {
    const req = request({ host: '127.0.0.1', port, path: '/graphql', method: 'POST' });
    for (const [name, value] of Object.entries(headers)) req.setHeader(name, value);
    req.setHeader('content-type', 'application/json');
    req.on('error', failed);
    req.on('response', async (res) => {
      const { data, errors } = JSON.parse(await text(res));
      done({ data, errors: errors?.map(({ message }) => message) });
    });
    req.end(JSON.stringify({ query }));
  });

const alice = { 'Remote-User': 'alice', 'Remote-Groups': 'ops' };
const bob = { 'Remote-User': 'bob', 'Remote-Groups': 'dev' };
const results = {
  alice: await ask('{ me admin open }', alice),
  asked,
  openTwice: await ask('{ one: open two: open }', alice),
  askedThen: asked,
  bob: await ask('{ me admin }', bob),
  unknown: await ask('{ me }', { 'Remote-User': 'mallory' }),
  nobody: await ask('{ me admin open }', {}),
  signOut: await ask('mutation { signOut change }', alice),
};
isDown = true;
results.down = await ask('{ open me }', alice);
console.log(JSON.stringify(results));
process.exit();
