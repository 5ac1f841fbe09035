import { Server } from 'node:http';
import { createServer, Server as TlsServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import type { TlsSettings } from '@trusted-header/app-ui';
import type { WebServer } from '@trusted-header/app-ui/start';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';

/** Makes a server of Node for an app of Hono, with its WebSocket routes. It does not listen yet. */
export function createServerFor({ fetch }: Hono, tls?: TlsSettings): WebServer {
  // The types of ws and Hono's do not meet where optional properties are exact.
  const sockets: object = { server: new WebSocketServer({ noServer: true }) };
  const server = createAdaptorServer({
    fetch,
    websocket: { server: Reflect.get(sockets, 'server') },
    ...(tls && { createServer, serverOptions: tls }),
  });
  if (server instanceof Server || server instanceof TlsServer) return server;
  throw new Error('expected a server of HTTP/1');
}
