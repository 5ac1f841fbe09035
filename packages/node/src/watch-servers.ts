import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Server, Socket } from 'node:net';
import { isServer } from './is-server.js';
import { propertyOf } from './property-of.js';
import { watchEmits } from './watch-emits.js';

/**
 * Calls back once for every server of this process that accepts connections from now on: TCP, TLS, HTTP/1 and HTTP/2, and
 * before the first request of a connection is handed to anybody.
 *
 * @param withEarlier Also for those that accept no new connections, but take an HTTP/1 request; costs a little of every
 *   request.
 * @returns Stops it.
 */
export function watchServers(
  onServer: (server: Server) => void,
  { withEarlier = false }: { readonly withEarlier?: boolean } = {},
): () => void {
  const seen = new WeakSet<Server>();
  const onConnection = (message: unknown): void => {
    const socket = propertyOf(message, 'socket');
    if (socket instanceof Socket) follow(socket);
  };
  // A server that already had connections, or that somebody else hands them to.
  const onRequest = (message: unknown): void => see(propertyOf(message, 'server'));
  subscribe('net.server.socket', onConnection);
  // Bun has the channel, and tells nothing by it.
  const stopWatchingEmits = 'bun' in process.versions ? watchEmits(see) : undefined;
  if (withEarlier) subscribe('http.server.request.start', onRequest);
  return () => {
    unsubscribe('net.server.socket', onConnection);
    stopWatchingEmits?.();
    unsubscribe('http.server.request.start', onRequest);
  };

  function follow(socket: Socket): void {
    const server = serverOf(socket);
    see(server);
    if (!isServer(server) || server.listenerCount('request') > 0) return;
    // It may hand the connection to an HTTP server later, having looked at the first bytes; which then listens to the socket.
    const onListener = (): void => {
      if (serverOf(socket) === server) return;
      socket.off('newListener', onListener);
      see(serverOf(socket));
    };
    socket.on('newListener', onListener);
  }

  function see(server: unknown): void {
    if (!isServer(server) || seen.has(server)) return;
    seen.add(server);
    onServer(server);
  }
}

function serverOf(socket: Socket): unknown {
  return propertyOf(socket, 'server');
}
