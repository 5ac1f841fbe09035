import { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';

/** Makes a server of Node for an app of Hono, with its WebSocket routes. It does not listen yet. */
export function createServerFor({ fetch }: Hono): Server {
  // The types of ws and Hono's do not meet where optional properties are exact.
  const sockets: object = { server: new WebSocketServer({ noServer: true }) };
  const server = createAdaptorServer({
    fetch,
    websocket: { server: Reflect.get(sockets, 'server') },
  });
  if (server instanceof Server) return server;
  throw new Error('expected a server of HTTP/1');
}
