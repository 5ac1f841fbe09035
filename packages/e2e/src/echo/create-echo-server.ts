import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type AppSettings, adminPage, homePage, publicPage, viewOf } from '@trusted-header/app-ui';
import {
  type AdapterOptions,
  compileGuard,
  type Decision,
  refusalOf,
  resolveAdapterOptions,
} from '@trusted-header/core';
import { decideRequest, rejectUpgrade, sendProblem } from '@trusted-header/node';
import { WebSocketServer } from 'ws';

const CHUNKS = 4;
const CHUNK_PAUSE_MS = 150;

/**
 * Makes an application on bare `node:http` with the pages of the example apps, and what they have not: uploads,
 * a slow stream, WebSockets, the headers that have arrived, and `/static`, which asks nobody. It tells `believed` about each user that it believes.
 */
export function createEchoServer(settings: AppSettings, believed: (user: string) => void): Server {
  const options: AdapterOptions = { trustedProxies: settings.trustedProxies };
  const { authenticator } = resolveAdapterOptions(options);
  const admitsAdmins = compileGuard({ groups: { anyOf: ['admin'] } });
  const sockets = new WebSocketServer({ noServer: true });

  const decide = (req: IncomingMessage): Decision => {
    const decision = decideRequest(req, authenticator);
    if (decision.kind === 'authenticated') believed(decision.identity.user);
    return decision;
  };

  const server = createServer(async (req, res) => {
    const path = (req.url ?? '').replace(/\?.*/, '');
    const isOpen = path === '/public' || path.startsWith('/static/');
    const decision = decide(req);
    const refusal =
      refusalOf(decision, isOpen ? 'allow' : 'refuse') ??
      (path === '/admin' ? admitsAdmins(decision) : undefined);
    if (refusal) return sendProblem(req, res, refusal);
    const view = viewOf('Echo', decision, settings);
    switch (path) {
      case '/':
        return html(res, await homePage(view));
      case '/public':
        return html(res, await publicPage(view));
      case '/admin':
        return html(res, await adminPage(view));
      case '/upload':
        return json(res, { ...whoami(decision), ...(await digestOf(req)) });
      case '/received':
        return json(res, { headers: req.rawHeaders });
      case '/stream':
        return stream(res);
      case '/whoami':
      case '/static/whoami':
        return json(res, whoami(decision));
      default:
        return json(res, { title: 'Not found' }, 404);
    }
  });

  server.on('upgrade', (req, socket, head) => {
    const decision = decide(req);
    const refusal = refusalOf(decision, 'refuse');
    if (refusal) return rejectUpgrade(socket, refusal);
    sockets.handleUpgrade(req, socket, head, (client) => {
      client.send(JSON.stringify(whoami(decision)));
      client.on('message', (data) => client.send(`echo: ${String(data)}`));
    });
  });
  return server;
}

function whoami(decision: Decision): Record<string, unknown> {
  return decision.kind === 'authenticated'
    ? { decision: decision.kind, identity: decision.identity }
    : { decision: decision.kind };
}

async function digestOf(req: IncomingMessage): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of req) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function stream(res: ServerResponse): Promise<void> {
  res.setHeader('content-type', 'text/plain');
  for (let i = 1; i <= CHUNKS; i++) {
    res.write(`chunk ${i}\n`);
    if (i < CHUNKS) await pause(CHUNK_PAUSE_MS);
  }
  res.end();
}

function html(res: ServerResponse, page: string): void {
  res.setHeader('content-type', 'text/html; charset=utf-8').end(page);
}

function json(res: ServerResponse, value: unknown, status = 200): void {
  res.statusCode = status;
  res.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}
