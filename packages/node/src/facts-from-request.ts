import { Server, type Socket } from 'node:net';
import type { RequestFacts } from '@trusted-header/core';
import { createSlot } from './create-slot.js';
import type { NodeRequest } from './node-request.js';
import { isOwnConnection } from './own-connections.js';

/** Facts already read: the headers are stripped after the first time. */
const known = createSlot<RequestFacts>();

/** Node keeps this many header lines unless `server.maxHeadersCount` says otherwise. */
const MOST_LINES = 1000;

/**
 * Reads the facts of a request from its socket and raw header lines, once: later calls give the same facts, whatever
 * has happened to the request or its connection since.
 *
 * Reads no forwarded header and no framework's idea of a client IP. A socket that no server accepted (a test's
 * injected request) has no peer; one that this very process has opened is no proxy (T8).
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createAuthenticator } from '@trusted-header/core';
 * import { factsFromRequest, stripHeaders } from '@trusted-header/node';
 *
 * const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1' });
 * createServer((req, res) => {
 *   const decision = authenticator.authenticate(factsFromRequest(req));
 *   stripHeaders(req, authenticator);
 *   res.end(decision.kind);
 * });
 * ```
 */
export function factsFromRequest(req: NodeRequest): RequestFacts {
  const earlier = known.get(req);
  if (earlier) return earlier;
  const facts = readFacts(req, req.rawHeaders.slice());
  known.set(req, facts);
  return facts;
}

function readFacts(req: NodeRequest, rawHeaders: readonly string[]): RequestFacts {
  const socket = socketOf(req);
  const server = socket && serverOf(socket);
  if (!socket || !server) return { peer: undefined, rawHeaders };
  const truncated = rawHeaders.length / 2 >= mostLines(server);
  const peer = socket.remoteAddress;
  const unixSocket = peer === undefined ? listenerPath(socket, server) : undefined;
  if (unixSocket !== undefined) return { peer, unixSocket, truncated, rawHeaders };
  if (isOwnConnection(socket)) return { peer, truncated, self: true, rawHeaders };
  return { peer, truncated, rawHeaders };
}

/** HTTP/2 throws for the socket of a session that is gone. */
function socketOf(req: NodeRequest): Socket | undefined {
  try {
    return req.socket ?? undefined;
  } catch {
    return undefined;
  }
}

function serverOf(socket: Socket): Server | undefined {
  return 'server' in socket && socket.server instanceof Server ? socket.server : undefined;
}

/**
 * Gives the path that the server listens on, if this connection came over it (T5).
 *
 * A TCP connection loses its addresses when the client hangs up, and can be handed to a server that listens on a path:
 * only a live socket that has no local address either is a Unix socket.
 */
function listenerPath(socket: Socket, server: Server): string | undefined {
  if (socket.destroyed || socket.localAddress !== undefined) return undefined;
  const address = server.address();
  return typeof address === 'string' ? address : undefined;
}

function mostLines(server: Server): number {
  const most = 'maxHeadersCount' in server ? server.maxHeadersCount : undefined;
  if (typeof most !== 'number') return MOST_LINES;
  return most === 0 ? Number.POSITIVE_INFINITY : most;
}
