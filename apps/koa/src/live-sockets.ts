import { type IncomingMessage, ServerResponse } from 'node:http';
import { type AppData, createLive, isSignedIn } from '@trusted-header/app-data';
import type { WebServer } from '@trusted-header/app-ui/start';
import { keptDecision } from '@trusted-header/core';
import type Koa from 'koa';
import { WebSocketServer } from 'ws';
import { SESSION_COOKIE } from './session.js';

/**
 * Opens the WebSockets of the page of who is there. `guardServer` has decided who asks for one, and has refused nobodies, other
 * sites and claims that are not believed; whether they are signed in is asked as long as the socket lives.
 */
export function openLiveSockets(server: WebServer, app: Koa, data: AppData): void {
  const live = createLive(data);
  const sockets = new WebSocketServer({ noServer: true });
  server.once('close', live.close);
  server.on('upgrade', (req, socket, head) => {
    const decision = keptDecision(req);
    if (req.url !== '/live/socket' || decision?.kind !== 'authenticated') {
      socket.destroy();
      return;
    }
    const id = sessionIdOf(req, app);
    sockets.handleUpgrade(req, socket, head, (opened) => {
      const leave = live.join(opened, {
        name: decision.identity.user,
        isSignedIn: () => isSignedIn(data.sessions, id, decision),
      });
      opened.once('close', leave);
      opened.once('error', leave);
    });
  });
}

/** Koa reads and verifies the cookie, as it does for a request. */
function sessionIdOf(req: IncomingMessage, app: Koa): string | undefined {
  const { cookies } = app.createContext(req, new ServerResponse(req));
  return cookies.get(SESSION_COOKIE, { signed: true });
}
