import { setTimeout as pause } from 'node:timers/promises';
import { openConnection } from './open-connection.js';
import type { RawOrder, Result } from './protocol.js';

const PAUSE_MS = 60;

/** Writes bytes and collects what comes back, until the server closes or says nothing for a while. */
export async function sendRaw({ to, parts, quietMs }: RawOrder): Promise<Result> {
  const socket = await openConnection(to, ['http/1.1']);
  let received = '';
  let isClosed = false;
  let lastByteAt = Date.now();
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    lastByteAt = Date.now();
  });
  // A reset is a way to refuse too.
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      resolve();
    });
  });
  for (const [i, part] of parts.entries()) {
    if (i > 0) await pause(PAUSE_MS);
    if (!socket.destroyed) socket.write(part, 'latin1');
  }
  lastByteAt = Date.now();
  while (!isClosed && Date.now() - lastByteAt < quietMs) {
    await Promise.race([pause(quietMs / 10), closed]);
  }
  socket.destroy();
  return { kind: 'raw', received, isClosed };
}
