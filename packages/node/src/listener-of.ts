import type { Server, Socket } from 'node:net';
import { resolve } from 'node:path';
import { createSlot } from '@trusted-header/core';

/** The path of a server, made absolute: relative ones mean another after `process.chdir()`. */
const paths = createSlot<string>();

/**
 * Gives the path that the server listens on, if this connection came over it, or `fd` for a Unix listener that came as a
 * descriptor and tells no path (T5).
 *
 * A TCP connection loses its addresses when the client hangs up, and can be handed to a server that listens on a path:
 * only a live socket that has no local address either is a Unix socket. A stream that is no socket, which an application may hand to a
 * server as a connection, came over nothing.
 */
export function listenerOf(socket: Socket, server: Server): string | undefined {
  if (socket.destroyed || !('localAddress' in socket) || socket.localAddress !== undefined)
    return undefined;
  const address = server.address();
  if (typeof address === 'string') return absolute(server, address);
  // A TCP listener tells its address, also when it came as a descriptor.
  return address === null && server.listening ? 'fd' : undefined;
}

function absolute(server: Server, address: string): string {
  const earlier = paths.get(server);
  if (earlier !== undefined) return earlier;
  // An abstract socket has a name, not a path.
  const path = address.startsWith('\0') ? address : resolve(address);
  paths.set(server, path);
  return path;
}
