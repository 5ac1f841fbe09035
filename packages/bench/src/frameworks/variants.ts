import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import {
  type CanActivate,
  Controller,
  Get,
  Injectable,
  Module,
  Req,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { trustedHeader as expressMiddleware } from '@trusted-header/express';
import { trustedHeader as fastifyPlugin } from '@trusted-header/fastify';
import { trustedHeader as honoMiddleware } from '@trusted-header/hono';
import { trustedHeader as koaMiddleware } from '@trusted-header/koa';
import { TrustedHeaderModule } from '@trusted-header/nestjs';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import type { FrameworkRow } from '../results.js';

/** What stands between the server and the handler. */
export type Middle = 'nothing' | 'no-op' | 'ours';

const OPTIONS = { trustedProxies: '127.0.0.1', log: false } as const;

/** Makes a server of each framework, which does not listen yet. Its handler answers with a small object. */
export const FRAMEWORKS: Readonly<Record<string, (middle: Middle) => Promise<Server>>> = {
  async Hono(middle) {
    const app = new Hono();
    if (middle === 'no-op') app.use((_c, next) => next());
    if (middle === 'ours') app.use(honoMiddleware(OPTIONS));
    app.get('/', (c) => c.json({ hello: 'world' }));
    const server = createAdaptorServer({ fetch: app.fetch, createServer });
    if (!('maxHeadersCount' in server)) throw new Error('an HTTP/1 server is wanted');
    return server;
  },
  async Koa(middle) {
    const app = new Koa();
    if (middle === 'no-op') app.use((_ctx, next) => next());
    if (middle === 'ours') app.use(koaMiddleware(OPTIONS));
    app.use((ctx) => {
      ctx.body = { hello: 'world' };
    });
    return createServer(app.callback());
  },
  async Express(middle) {
    const app = express();
    if (middle === 'no-op') app.use((_req, _res, next) => next());
    if (middle === 'ours') app.use(expressMiddleware(OPTIONS));
    app.get('/', (_req, res) => {
      res.json({ hello: 'world' });
    });
    return createServer(app);
  },
  async Fastify(middle) {
    const app = fastify();
    if (middle === 'no-op') app.addHook('onRequest', (_request, _reply, done) => done());
    if (middle === 'ours') await app.register(fastifyPlugin, OPTIONS);
    app.get('/', () => ({ hello: 'world' }));
    await app.ready();
    return app.server;
  },
  async NestJS(middle) {
    const app = await NestFactory.create(nestModule(middle), { logger: false });
    await app.init();
    return app.getHttpServer();
  },
};

@Injectable()
class NoOpGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

function nestModule(middle: Middle): Type {
  class HelloController {
    hello(_request: unknown): object {
      return { hello: 'world' };
    }
  }
  Controller()(HelloController);
  const descriptor = Object.getOwnPropertyDescriptor(HelloController.prototype, 'hello');
  if (!descriptor) throw new Error('the controller has no handler');
  Get()(HelloController.prototype, 'hello', descriptor);
  Req()(HelloController.prototype, 'hello', 0);
  if (middle === 'no-op') UseGuards(NoOpGuard)(HelloController);

  class HelloModule {}
  const imports = middle === 'ours' ? [TrustedHeaderModule.forRoot(OPTIONS)] : [];
  Module({ imports, controllers: [HelloController] })(HelloModule);
  return HelloModule;
}

/** Bare twice: what differs between the two is noise. */
export const VARIANTS: readonly (readonly [FrameworkRow['variant'], Middle])[] = [
  ['bare', 'nothing'],
  ['bare again', 'nothing'],
  ['no-op middleware', 'no-op'],
  ['trusted-header', 'ours'],
];
