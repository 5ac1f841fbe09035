import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { rejectUpgrade } from '@trusted-header/node';
import { createProxyServer, type ProxyServerOptions } from 'httpxy';
import { judgeAccess } from '../authz/judge-access.js';
import { signInRedirect } from '../authz/sign-in-redirect.js';
import { LOOPBACK, loopbackHost, WRONG_HOST } from '../loopback.js';
import type { DevUpstream } from '../options.js';
import type { Sessions } from '../session/create-sessions.js';
import { answerInWords } from './answer.js';
import { prepareRequest } from './prepare-request.js';

/** What a gateway is made from. */
export interface GatewaySettings {
  readonly upstream: DevUpstream;
  readonly sessions: Sessions;
  readonly portalPort: () => number;
  readonly log: (line: string) => void;
}

/** Makes the reverse proxy in front of one application: HTTP and WebSocket, streaming both ways. */
export function createGateway({ upstream, sessions, portalPort, log }: GatewaySettings): Server {
  const { target, name = 'the application' } = upstream;
  const proxy = createProxyServer();
  const options: ProxyServerOptions = { target, ...localAddressFor(target) };

  const server = createServer((req, res) => {
    handle(req, res).catch(() => res.destroy());
  });
  server.on('upgrade', (req, socket, head) => {
    upgrade(req, socket, head).catch(() => socket.destroy());
  });
  // A large upload may take its time.
  server.requestTimeout = 0;
  return server;

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const hostname = loopbackHost(req.headers.host);
    if (hostname === undefined) return answerInWords(req, res, 421, 'Wrong host', WRONG_HOST);
    const user = await sessions.read(req.headers.cookie);
    switch (judgeAccess(pathOf(req), user, upstream)) {
      case 'sign-in':
        return sendToSignIn(req, res, hostname);
      case 'forbidden':
        return answerInWords(req, res, 403, 'Forbidden', `${user?.user} may not open ${name}.`);
      case 'allowed':
      case 'bypass':
        prepareRequest(req, user, sessions);
        return proxy
          .web(req, res, options)
          .catch((error: unknown) => tellUpstreamDown(req, res, error));
    }
  }

  async function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const isHere = loopbackHost(req.headers.host) !== undefined;
    const user = await sessions.read(req.headers.cookie);
    const access = judgeAccess(pathOf(req), user, upstream);
    const mayPass = isHere && (access === 'allowed' || access === 'bypass');
    if (!mayPass || !(socket instanceof Socket)) {
      return rejectUpgrade(socket, { kind: 'anonymous', trusted: false });
    }
    prepareRequest(req, user, sessions);
    await proxy.ws(req, socket, options, head).catch((error: unknown) => {
      log(`${name} did not take a WebSocket: ${messageOf(error)}`);
      socket.destroy();
    });
  }

  function sendToSignIn(req: IncomingMessage, res: ServerResponse, hostname: string): void {
    const { status, location, body } = signInRedirect({
      method: req.method ?? 'GET',
      accept: req.headers.accept,
      requestedWith: headerOf(req, 'x-requested-with'),
      target: `http://${req.headers.host}${req.url}`,
      portal: `http://${hostname}:${portalPort()}/`,
    });
    res.writeHead(status, {
      location,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    });
    res.end(body);
  }

  async function tellUpstreamDown(
    req: IncomingMessage,
    res: ServerResponse,
    error: unknown,
  ): Promise<void> {
    log(`${name} does not answer at ${target}: ${messageOf(error)}`);
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const text = `No application answers at ${target} (${messageOf(error)}). Start it, then load this page again.`;
    await answerInWords(req, res, 502, 'The application is not there', text);
  }
}

/** The application sees exactly this address, so that it can be the only one that it trusts. */
function localAddressFor(target: string): { readonly localAddress?: string } {
  return new URL(target).hostname.startsWith('127.') ? { localAddress: LOOPBACK } : {};
}

function pathOf(req: IncomingMessage): string {
  return (req.url ?? '/').split('?')[0] ?? '/';
}

function headerOf(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function messageOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return String(hasMessage ? error.message : error);
}
