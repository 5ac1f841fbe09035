import { createServer } from 'node:net';

/** An address of this machine that no gateway connects from: what comes from there is forged. */
export const STRANGER = '127.0.0.2';

/** Tells whether this machine can send from {@link STRANGER}. Linux can; macOS has 127.0.0.1 only. */
export function canBeStranger(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, STRANGER, () => server.close(() => resolve(true)));
  });
}
