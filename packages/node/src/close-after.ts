import type { Duplex } from 'node:stream';

/** How long a client may take to read its answer before the connection goes. */
const PATIENCE_MS = 5_000;

/**
 * Writes the last bytes of a connection and closes it: also if the client does not close its side, which would keep the socket
 * for ever, since Node has no time-out for it any more once it was upgraded.
 */
export function closeAfter(socket: Duplex, bytes: string): void {
  const deadline = setTimeout(() => socket.destroy(), PATIENCE_MS);
  // The client may be gone already, and then nobody needs to hear of it.
  socket.once('error', () => undefined);
  socket.once('finish', () => socket.destroy());
  socket.once('close', () => clearTimeout(deadline));
  socket.end(bytes);
}
