import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { createAuthenticator } from '@trusted-header/core';
import { trustedHeader as expressMiddleware } from '@trusted-header/express';
import { trustedHeader as fastifyPlugin } from '@trusted-header/fastify';
import { trustedHeader as honoMiddleware } from '@trusted-header/hono';
import { trustedHeader as koaMiddleware } from '@trusted-header/koa';
import { registerTrustedHeader } from '@trusted-header/nextjs';
import { guardServer } from '@trusted-header/node';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';

/** Longer than a client waits that is gone. */
const SLOW_MS = 200;

/**
 * A server of each framework that tells everybody who they are, slowly at `/slow`, and takes upgrades. It counts the lines
 * that it would have logged. Next's registry watches all of them, as it does every server of a process.
 */
export async function createServers(log: (line: string) => void): Promise<Record<string, Server>> {
  const options = { authenticator: createAuthenticator({ trustedProxies: '127.0.0.1', log }) };
  registerTrustedHeader(options);

  const hono = new Hono();
  hono.use(honoMiddleware(options));
  hono.all('*', async (c) => {
    if (c.req.path === '/slow') await pause(SLOW_MS);
    return c.json({ user: c.var.identity?.user });
  });

  const koa = new Koa();
  koa.use(koaMiddleware(options));
  koa.use(async (ctx) => {
    if (ctx.path === '/slow') await pause(SLOW_MS);
    ctx.body = { user: ctx.state.identity?.user };
  });
  // A client that hangs up is no error of ours.
  koa.on('error', () => undefined);

  const expressApp = express();
  expressApp.use(expressMiddleware(options));
  expressApp.use(async (req, res) => {
    if (req.path === '/slow') await pause(SLOW_MS);
    res.json({ user: req.identity?.user });
  });

  const fastifyApp = fastify();
  await fastifyApp.register(fastifyPlugin, options);
  fastifyApp.all('*', async (request) => {
    if (request.url === '/slow') await pause(SLOW_MS);
    return { user: request.identity?.user };
  });
  await fastifyApp.ready();

  const honoServer = createAdaptorServer({ fetch: hono.fetch, createServer });
  if (!('maxHeadersCount' in honoServer)) throw new Error('an HTTP/1 server is wanted');
  const servers = {
    hono: honoServer,
    koa: createServer(koa.callback()),
    express: createServer(expressApp),
    fastify: fastifyApp.server,
  };
  for (const server of Object.values(servers)) {
    guardServer(server, options);
    // For nobody: they are refused before.
    server.on('upgrade', (_req, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  }
  return servers;
}
