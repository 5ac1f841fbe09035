import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { TlsSettings } from '../view/app-settings.js';

/** A server of HTTP/1, with or without TLS. */
export type WebServer = Server | TlsServer;

/** Makes a server that does not listen yet: with TLS, where there are settings for it. */
export function createWebServer(handler: RequestListener, tls?: TlsSettings): WebServer {
  return tls ? createTlsServer(tls, handler) : createServer(handler);
}
