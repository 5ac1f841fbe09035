import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import * as forExpress from '@trusted-header/express';
import * as forFastify from '@trusted-header/fastify';
import * as forHono from '@trusted-header/hono';
import * as forKoa from '@trusted-header/koa';
import { guardServer } from '@trusted-header/node';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';

/**
 * One small application for each framework, as the READMEs have it: a logger before the adapter, a page for everybody, pages
 * for users, and the server with the door in front of it.
 *
 * @type {Record<string, (authenticator: any, log: (req: import('node:http').IncomingMessage) => void) => Promise<import('node:http').Server>>}
 */
export const applications = {
  async express(authenticator, log) {
    const app = express();
    app.use((req, _res, next) => {
      log(req);
      next();
    });
    app.get('/public', (_req, res) => {
      res.send('for everybody');
    });
    app.use(forExpress.trustedHeader(authenticator));
    app.get('/', (req, res) => {
      res.send(req.identity?.user);
    });
    const server = createServer(app);
    guardServer(server, { authenticator, handler: app });
    return server;
  },

  async koa(authenticator, log) {
    const app = new Koa();
    const protect = forKoa.trustedHeader(authenticator);
    app.use((ctx, next) => {
      log(ctx.req);
      return next();
    });
    app.use((ctx, next) => {
      if (ctx.path !== '/public') return protect(ctx, next);
      ctx.body = 'for everybody';
    });
    app.use((ctx) => {
      if (ctx.path === '/') ctx.body = ctx.state.identity?.user;
    });
    const handler = app.callback();
    const server = createServer(handler);
    guardServer(server, { authenticator, handler });
    return server;
  },

  async hono(authenticator, log) {
    const app = new Hono();
    app.use((c, next) => {
      log(c.env.incoming);
      return next();
    });
    app.get('/public', (c) => c.text('for everybody'));
    app.use(forHono.trustedHeader(authenticator));
    app.get('/', (c) => c.text(c.var.identity?.user ?? ''));
    const handler = getRequestListener(app.fetch);
    const server = createServer(handler);
    guardServer(server, { authenticator, handler });
    return server;
  },

  async fastify(authenticator, log) {
    const app = Fastify();
    app.addHook('onRequest', async (request) => log(request.raw));
    app.get('/public', () => 'for everybody');
    app.register(async (inner) => {
      await inner.register(forFastify.trustedHeader, authenticator);
      inner.get('/', (request) => request.identity?.user);
      inner.all('/*', (_request, reply) => reply.callNotFound());
    });
    guardServer(app.server, { authenticator, handler: app.routing });
    await app.ready();
    return app.server;
  },

  /** Registered at the root, the plugin stands there by itself; and there is no page for everybody. */
  async 'fastify, by itself'(authenticator, log) {
    const app = Fastify();
    app.addHook('onRequest', async (request) => log(request.raw));
    await app.register(forFastify.trustedHeader, authenticator);
    app.get('/', (request) => request.identity?.user);
    await app.ready();
    return app.server;
  },
};
