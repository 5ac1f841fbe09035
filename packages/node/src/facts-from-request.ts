import type { ServerHttp2Stream } from 'node:http2';
import type { Server, Socket } from 'node:net';
import { type RequestFacts, type RequestState, stateOf } from '@trusted-header/core';
import { certificateOf } from './certificate-of.js';
import { isServer } from './is-server.js';
import { kernelPeer, kernelPort } from './kernel-peer.js';
import { listenerOf } from './listener-of.js';
import type { NodeRequest } from './node-request.js';
import { isOwnConnection } from './own-connections.js';
import { streamOf } from './stream-of.js';
import { testSourceOf } from './test-requests.js';

/** Node keeps this many header lines unless `server.maxHeadersCount` says otherwise. */
const MOST_LINES = 1000;

/**
 * Reads the facts of a request from its socket and raw header lines, once: later calls give the same facts, whatever
 * has happened to the request or its connection since.
 *
 * Reads no forwarded header and no framework's idea of a client IP. A socket that no server accepted (a test's
 * injected request) has no peer, unless the test says so (`asUser` of `@trusted-header/testing`); one that this very process has
 * opened is no proxy (T8); an address that somebody has put on the socket is nobody's (T9).
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
  return factsIn(stateOf(subjectOf(req)), req);
}

/** The same for who has at hand what is known of the request: each look for it costs. */
export function factsIn(state: RequestState, req: NodeRequest): RequestFacts {
  state.facts ??= readFacts(socketOf(req), req.rawHeaders.slice());
  return state.facts;
}

/** Reads the facts of an HTTP/2 request where there is only its stream yet; its request object finds the same ones. */
export function factsFromStream(
  stream: ServerHttp2Stream,
  rawHeaders: readonly string[],
): RequestFacts {
  const state = stateOf(stream);
  state.facts ??= readFacts(stream.session?.socket, rawHeaders.slice());
  return state.facts;
}

/** Gives what stands for a request wherever it shows up: HTTP/2 has a stream before it has a request object. */
export function subjectOf(req: NodeRequest): object {
  return streamOf(req) ?? req;
}

function readFacts(socket: Socket | undefined, rawHeaders: readonly string[]): RequestFacts {
  const server = socket && serverOf(socket);
  const told = testSourceOf(rawHeaders);
  if (!socket || !server) return { peer: undefined, ...told, rawHeaders };
  const truncated = rawHeaders.length / 2 >= mostLines(server);
  const peer = socket.remoteAddress;
  if (peer !== kernelPeer(socket)) {
    return { peer: undefined, truncated, redefinedPeer: true, rawHeaders };
  }
  // Not what the application itself sends on while it handles a test's request.
  if (told && !isOwnConnection(socket)) return { ...told, truncated, rawHeaders };
  const unixSocket = peer === undefined ? listenerOf(socket, server) : undefined;
  if (unixSocket !== undefined) {
    return withCertificate(socket, { peer, unixSocket, truncated, rawHeaders });
  }
  if (isOwnConnection(socket)) return { peer, truncated, self: true, rawHeaders };
  const peerPort = peer === undefined ? undefined : kernelPort(socket);
  return withCertificate(socket, { peer, peerPort, truncated, rawHeaders });
}

/** Lazily: most applications never ask. */
function withCertificate(socket: Socket, facts: RequestFacts): RequestFacts {
  const certificate = certificateOf(socket);
  if (!certificate) return facts;
  return {
    ...facts,
    clientCertificate: certificate.believed,
    get certificateError() {
      return certificate.fault();
    },
  };
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
  return 'server' in socket && isServer(socket.server) ? socket.server : undefined;
}

function mostLines(server: Server): number {
  const most = 'maxHeadersCount' in server ? server.maxHeadersCount : undefined;
  if (typeof most !== 'number') return MOST_LINES;
  return most === 0 ? Number.POSITIVE_INFINITY : most;
}
