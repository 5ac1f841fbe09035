import { createServer as createHttpServer, IncomingMessage, Server } from 'node:http';
import { createAdaptorServer, getRequestListener, upgradeWebSocket } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import {
  answerAs,
  type ConformanceTarget,
  probe,
  type TargetSetup,
} from '@trusted-header/conformance';
import { resolveAdapterOptions } from '@trusted-header/core';
import { guardServer } from '@trusted-header/node';
import { type Context, type Handler, Hono } from 'hono';
import { getConnInfo as getCloudflareConnInfo } from 'hono/cloudflare-workers';
import { getConnInfo as getVercelConnInfo } from 'hono/vercel';
import { WebSocketServer } from 'ws';
import { type OnRefusal, requireIdentity, trustedHeader } from '../src/index.js';

/** A Hono application on Node that also asks helpers which believe headers: the adapter must not. */
export const honoTarget: ConformanceTarget = {
  name: '@trusted-header/hono',
  upgrades: true,
  door: true,
  createServer(setup) {
    return createApp(setup, (c) => {
      for (const getInfo of [getConnInfo, getCloudflareConnInfo, getVercelConnInfo]) getInfo(c);
      if (setup.earlyReader) readableOf(c);
    });
  },
};

/** The same, where a middleware has made `@hono/node-server` build a Fetch request, as Hono's `bodyLimit` does. */
export const copyingHonoTarget: ConformanceTarget = {
  name: '@trusted-header/hono behind a middleware that copies requests',
  upgrades: true,
  door: true,
  createServer: (setup) => createApp(setup, (c) => c.req.raw.clone()),
};

function createApp(setup: TargetSetup, before: (c: Context) => unknown): Server {
  const { adminPolicy, door, observe } = setup;
  const base = door ? resolveAdapterOptions(setup.options) : setup.options;
  const options = { ...base, ...onRefusalOf(setup) };
  const app = new Hono();
  // The suite makes clients hang up, and a guard throw: neither is news.
  app.onError((_, c) => c.text('Internal Server Error', 500));
  app.use((c, next) => {
    before(c);
    return next();
  });
  app.all('/unguarded', requireIdentity(), answer(observe));

  const publicApp = new Hono();
  publicApp.use(trustedHeader({ ...options, anonymous: 'allow' }));
  publicApp.all('/', answer(observe));
  publicApp.all('/admin', requireIdentity(adminPolicy), answer(observe));
  app.route('/public', publicApp);

  const innerApp = new Hono();
  innerApp.use(trustedHeader(options));
  innerApp.all('/whoami', answer(observe));
  innerApp.all('/admin', requireIdentity(adminPolicy), answer(observe));
  innerApp.get(
    '/socket',
    upgradeWebSocket((c) => {
      const { decision, identity } = c.var;
      return {
        onOpen: () => {
          observe(() => ({ decision, identity, readable: readableOf(c) }));
        },
      };
    }),
  );
  app.route('/', innerApp);
  if (door) {
    const handler = getRequestListener(app.fetch);
    const server = createHttpServer(handler);
    guardServer(server, { ...base, handler });
    return server;
  }
  // Its types and Hono's do not meet where optional properties are exact.
  const sockets = { server: new WebSocketServer({ noServer: true }) };
  const server = createAdaptorServer({
    fetch: app.fetch,
    websocket: { server: Reflect.get(sockets, String('server')) },
  });
  if (!(server instanceof Server)) throw new Error('expected a server for HTTP/1');
  return server;
}

function onRefusalOf({ onRefusal: as }: TargetSetup): { readonly onRefusal?: OnRefusal } {
  if (!as) return {};
  return {
    onRefusal: (refusal) => answerAs(as, refusal, (status, body) => new Response(body, { status })),
  };
}

function answer(observe: TargetSetup['observe']): Handler {
  return async (c) => {
    // A body that is read cannot be copied; and GET has none.
    const copy = c.req.method === 'GET' ? new Request(c.req.raw) : c.req.raw;
    const body = await c.req.text();
    const look = () => ({
      decision: c.var.decision,
      identity: c.var.identity,
      readable: { ...readableOf(c), 'new Request(c.req.raw)': copy.headers },
    });
    return c.body(await observe(look, body), 200, { 'content-type': 'application/json' });
  };
}

/** Every way that Hono, Fetch and Node have to read the headers of a request. */
function readableOf(c: Context): Record<string, unknown> {
  const { incoming } = c.env;
  if (!(incoming instanceof IncomingMessage)) throw new Error('expected a Node request');
  return {
    'c.req.header()': c.req.header(),
    'c.req.header(name)': probe((name) => c.req.header(name)),
    'c.req.raw.headers': c.req.raw.headers,
    'c.req.raw.headers.get': probe((name) => c.req.raw.headers.get(name) ?? undefined),
    'new Request(url, { headers })': new Request(c.req.url, { headers: c.req.raw.headers }).headers,
    'incoming.headers': incoming.headers,
    'incoming.headersDistinct': incoming.headersDistinct,
    'incoming.rawHeaders': incoming.rawHeaders,
    'incoming.trailers': incoming.trailers,
    'incoming.trailersDistinct': incoming.trailersDistinct,
    'incoming.rawTrailers': incoming.rawTrailers,
  };
}
