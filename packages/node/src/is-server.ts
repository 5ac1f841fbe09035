import { Server as HttpServer } from 'node:http';
import { Server } from 'node:net';

/** Tells whether something is a server of Node's modules, of HTTPS and HTTP/2 as well. Bun's for HTTP and HTTPS are no `net.Server`. */
export function isServer(value: unknown): value is Server {
  return value instanceof Server || value instanceof HttpServer;
}
