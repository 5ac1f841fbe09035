import { once } from 'node:events';
import type { Server } from 'node:http';
import { DevError } from './dev-error.js';
import { LOOPBACK } from './loopback.js';

/**
 * Listens on the loopback address and gives the port.
 *
 * @param option The option to change where the port is taken.
 * @throws {DevError} For a port that is taken or not allowed.
 */
export async function listen(server: Server, port: number, option: string): Promise<number> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new DevError(
      `${option}: port ${port} ${reasonOf(error)}; choose another, or 0 for a free one`,
    );
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Stops a server at once: connections that are kept alive would hold it up. */
export async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function reasonOf(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'is taken by another program';
  if (code === 'EACCES') return 'needs more rights than you have';
  return `cannot be opened (${String(code)})`;
}
