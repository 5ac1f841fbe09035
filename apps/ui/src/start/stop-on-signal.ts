import type { Server } from 'node:http';

const PATIENCE_MS = 2_000;

/** Stops an app when somebody asks for it: no new requests, the old ones for a moment, then what it keeps is closed. */
export function stopOnSignal(
  server: Pick<Server, 'close' | 'closeAllConnections'>,
  close: () => Promise<void>,
): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => server.closeAllConnections(), PATIENCE_MS).unref();
    setTimeout(() => process.exit(0), 2 * PATIENCE_MS).unref();
    server.close(() => {
      void close().finally(() => process.exit(0));
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
}
