import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Server as NetServer } from 'node:net';

/** Starts a server on a free port of an address, or on a Unix socket. */
export async function listen(server: Server | NetServer, where: string): Promise<void> {
  if (where.startsWith('/')) server.listen(where);
  else server.listen(0, where);
  await once(server, 'listening');
}

/** Gives the port that a server listens on. */
export function portOf(server: NetServer): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

/** Sends exact bytes and gives everything that comes back until the connection closes. */
export async function sendRaw(
  where:
    | {
        readonly port: number;
        readonly host?: string;
        readonly localAddress?: string;
        readonly localPort?: number;
      }
    | { readonly path: string },
  bytes: string,
): Promise<string> {
  const socket = connect('path' in where ? where : { host: '127.0.0.1', ...where });
  socket.write(Buffer.from(bytes, 'latin1'));
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'close');
  return text;
}

/** Writes a GET request with these header lines that closes the connection. */
export function get(...lines: readonly string[]): string {
  return ['GET / HTTP/1.1', 'Host: app', 'Connection: close', ...lines, '', ''].join('\r\n');
}
