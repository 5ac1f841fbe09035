import { IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { Duplex } from 'node:stream';
import type { NodeRequest } from '@trusted-header/node';

/** What sees a request or an upgrade first. Each tells whether to go on. */
export interface Front {
  onRequest(req: NodeRequest, res: ServerResponse | Http2ServerResponse): boolean;
  onUpgrade(req: IncomingMessage, socket: Duplex): boolean;
}

/**
 * Sees every request and upgrade of a server before anything else does, whenever that was or will be installed.
 *
 * A Nest middleware would come too late: those of `app.use()`, socket.io's own listener and WebSocket upgrades pass it by.
 */
export function standInFront(server: Server, front: Front): void {
  const { emit } = server;
  server.emit = (event: string | symbol, ...args: unknown[]) => {
    const [req, second] = args;
    switch (event) {
      case 'request':
      case 'checkContinue':
      case 'checkExpectation':
        if (isRequest(req) && isResponse(second) && !front.onRequest(req, second)) return true;
        break;
      case 'upgrade':
        if (req instanceof IncomingMessage && second instanceof Duplex) {
          if (!front.onUpgrade(req, second)) return true;
        }
        break;
    }
    return Reflect.apply(emit, server, [event, ...args]);
  };
}

function isRequest(value: unknown): value is NodeRequest {
  return value instanceof IncomingMessage || value instanceof Http2ServerRequest;
}

function isResponse(value: unknown): value is ServerResponse | Http2ServerResponse {
  return value instanceof ServerResponse || value instanceof Http2ServerResponse;
}
