import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { rejectUpgrade } from '@trusted-header/node';
import { createProxyServer, type ProxyServerOptions } from 'httpxy';
import { cleanPath } from '../authz/clean-path.js';
import { judgeVisitor, type Verdict } from '../authz/judge-visitor.js';
import { CHALLENGE } from '../authz/read-credentials.js';
import { signInRedirect } from '../authz/sign-in-redirect.js';
import { headBytes, lineBytes, nodeHeaderSize } from '../head-bytes.js';
import { loopbackHost, WRONG_HOST } from '../loopback.js';
import type { DevUpstream, DevUser } from '../options.js';
import type { Sessions } from '../session/create-sessions.js';
import { answerInWords } from './answer.js';
import { forwardedHeaders, hideSession, prepareRequest } from './prepare-request.js';
import { routeTo } from './upstream-route.js';

/** What a gateway is made from. */
export interface GatewaySettings {
  readonly upstream: DevUpstream;
  readonly users: readonly DevUser[];
  readonly sessions: Sessions;
  readonly portalPort: () => number;
  readonly readBufferBytes: number;
  readonly hidesSession: boolean;
  readonly log: (line: string) => void;
}

/** Makes the reverse proxy in front of one application: HTTP and WebSocket, streaming both ways. */
export function createGateway(settings: GatewaySettings): Server {
  const { upstream, users, sessions, portalPort, readBufferBytes, log } = settings;
  const { target, name = 'the application' } = upstream;
  const proxy = createProxyServer();
  const options: ProxyServerOptions = { target, ...routeTo(target).options };

  const server = createServer({ maxHeaderSize: nodeHeaderSize(readBufferBytes) }, (req, res) => {
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
    const bytes = askedBytes(req);
    if (bytes > readBufferBytes) return tellTooLong(req, res, bytes);
    const verdict = await judge(req);
    switch (verdict.kind) {
      case 'sign-in':
        return sendToSignIn(req, res, hostname);
      case 'wrong-credentials':
        for (const [header, value] of Object.entries(CHALLENGE)) res.setHeader(header, value);
        return answerInWords(req, res, 401, 'Unauthorized', 'User or password is wrong.');
      case 'forbidden': {
        const who = verdict.user?.user ?? 'Nobody';
        return answerInWords(req, res, 403, 'Forbidden', `${who} may not open ${name}.`);
      }
      case 'let-in':
        prepare(req, verdict.user);
        return proxy
          .web(req, res, options)
          .catch((error: unknown) => tellUpstreamDown(req, res, error));
    }
  }

  async function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const isHere = loopbackHost(req.headers.host) !== undefined;
    const isShort = askedBytes(req) <= readBufferBytes;
    const verdict = isHere && isShort ? await judge(req) : undefined;
    if (verdict?.kind !== 'let-in' || !(socket instanceof Socket)) {
      return rejectUpgrade(socket, { kind: 'anonymous', trusted: false });
    }
    prepare(req, verdict.user);
    await proxy.ws(req, socket, options, head).catch((error: unknown) => {
      log(`${name} did not take a WebSocket: ${messageOf(error)}`);
      socket.destroy();
    });
  }

  function judge({ url = '/', headers }: IncomingMessage): Promise<Verdict> {
    const path = url.split('?')[0] ?? '';
    const sessionUsername = headers['session-username'];
    return judgeVisitor(
      { users, sessions, rules: upstream },
      {
        // Another form of target (`http://…`, `*`) is no path, and so under no rule.
        path: path.startsWith('/') ? cleanPath(path) : undefined,
        cookie: headers.cookie,
        authorization: headers.authorization,
        sessionUsername: typeof sessionUsername === 'string' ? sessionUsername : undefined,
      },
    );
  }

  function prepare(req: IncomingMessage, user: DevUser | undefined): void {
    prepareRequest(req, user);
    if (settings.hidesSession) hideSession(req, sessions);
  }

  async function sendToSignIn(
    req: IncomingMessage,
    res: ServerResponse,
    hostname: string,
  ): Promise<void> {
    const { status, location, body } = signInRedirect({
      method: req.method ?? 'GET',
      accept: req.headers.accept,
      requestedWith: headerOf(req, 'x-requested-with'),
      target: `http://${req.headers.host}${req.url}`,
      portal: new URL(`http://${hostname}:${portalPort()}/`),
    });
    res.writeHead(status, {
      location,
      'set-cookie': await sessions.visit(req.headers.cookie),
      'cache-control': 'no-store',
      ...(body !== undefined && { 'content-type': 'text/html; charset=utf-8' }),
    });
    res.end(body);
  }

  function tellTooLong(req: IncomingMessage, res: ServerResponse, bytes: number): Promise<void> {
    res.setHeader('connection', 'close');
    const text = `Authelia reads ${readBufferBytes} bytes of a request's head, and this one has ${bytes} when a proxy repeats it. Raise server.buffers.read there, and readBufferBytes (--read-buffer) here.`;
    log(`${name}: ${text}`);
    return answerInWords(req, res, 431, 'The request head is too long', text);
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

/** The head of the question that a reverse proxy would put to Authelia: the visitor's own, and what it adds. */
function askedBytes(req: IncomingMessage): number {
  return headBytes(req) + lineBytes(Object.entries(forwardedHeaders(req)).flat());
}

function headerOf(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Where several addresses were tried, the error has no text of its own. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const message = 'message' in error ? String(error.message) : '';
  return message === '' && 'code' in error ? String(error.code) : message || String(error);
}
