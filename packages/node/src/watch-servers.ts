import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Server } from 'node:net';

/**
 * Calls back once for every server of this process that accepts connections from now on: TCP, TLS, HTTP/1 and HTTP/2, and
 * before the first request of a connection is handed to anybody. On runtimes without Node's diagnostics channels, never.
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
  const onConnection = (message: unknown): void => see(partOf(partOf(message, 'socket'), 'server'));
  // A server that already had connections, or that somebody else hands them to.
  const onRequest = (message: unknown): void => see(partOf(message, 'server'));
  subscribe('net.server.socket', onConnection);
  if (withEarlier) subscribe('http.server.request.start', onRequest);
  return () => {
    unsubscribe('net.server.socket', onConnection);
    unsubscribe('http.server.request.start', onRequest);
  };

  function see(server: unknown): void {
    if (!(server instanceof Server) || seen.has(server)) return;
    seen.add(server);
    onServer(server);
  }
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
