import { createServer, type Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { trustedHeader as expressMiddleware } from '@trusted-header/express';
import { trustedHeader as fastifyPlugin } from '@trusted-header/fastify';
import { trustedHeader as honoMiddleware } from '@trusted-header/hono';
import { trustedHeader as koaMiddleware } from '@trusted-header/koa';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';

/** A server of each framework that tells everybody who they are. It counts the lines that it would have logged. */
export async function createServers(log: (line: string) => void): Promise<Record<string, Server>> {
  const options = { trustedProxies: '127.0.0.1', log } as const;

  const hono = new Hono();
  hono.use(honoMiddleware(options));
  hono.all('/', (c) => c.json({ user: c.var.identity?.user }));

  const koa = new Koa();
  koa.use(koaMiddleware(options));
  koa.use((ctx) => {
    ctx.body = { user: ctx.state.identity?.user };
  });
  // A client that hangs up is no error of ours.
  koa.on('error', () => undefined);

  const expressApp = express();
  expressApp.use(expressMiddleware(options));
  expressApp.all('/', (req, res) => {
    res.json({ user: req.identity?.user });
  });

  const fastifyApp = fastify();
  await fastifyApp.register(fastifyPlugin, options);
  fastifyApp.all('/', (request) => ({ user: request.identity?.user }));
  await fastifyApp.ready();

  const honoServer = createAdaptorServer({ fetch: hono.fetch, createServer });
  if (!('maxHeadersCount' in honoServer)) throw new Error('an HTTP/1 server is wanted');
  return {
    hono: honoServer,
    koa: createServer(koa.callback()),
    express: createServer(expressApp),
    fastify: fastifyApp.server,
  };
}
