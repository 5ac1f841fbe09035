import { Server as HttpServer } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import { Server } from 'node:net';

/** Tells whether something is a server of Node's modules. Bun's for HTTP are no `net.Server`. */
export function isServer(value: unknown): value is Server {
  return value instanceof Server || value instanceof HttpServer || value instanceof HttpsServer;
}
