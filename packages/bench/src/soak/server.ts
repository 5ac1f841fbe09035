// The servers under attack, in a process of their own: tells their ports, and how they are whenever it is asked.
import { once } from 'node:events';
import { createServers } from './servers.js';

/** How the process is. */
export interface Health {
  readonly heapBytes: number;
  readonly connections: number;
  readonly logged: number;
  /** Decisions that Next's registry keeps. */
  readonly registered: number;
  readonly faults: readonly string[];
}

const faults: string[] = [];
let logged = 0;
for (const event of ['unhandledRejection', 'uncaughtExceptionMonitor', 'warning'] as const) {
  process.on(event, (fault: unknown) => faults.push(`${event}: ${String(fault)}`));
}

const servers = await createServers(() => {
  logged += 1;
});
const ports: Record<string, number> = {};
for (const [name, server] of Object.entries(servers)) {
  // Slow clients are cut off within the run.
  server.headersTimeout = 3_000;
  server.requestTimeout = 6_000;
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address === 'object' && address !== null) ports[name] = address.port;
}
const registry: { readonly decisions: ReadonlyMap<string, unknown> } | undefined = Reflect.get(
  globalThis,
  Symbol.for('@trusted-header/nextjs'),
);
process.on('message', async () => {
  global.gc?.();
  const open = await Promise.all(
    Object.values(servers).map(
      (server) =>
        new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))),
    ),
  );
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const health: Health = {
    heapBytes: heapUsed + arrayBuffers,
    connections: open.reduce((sum, count) => sum + count, 0),
    logged,
    registered: registry?.decisions.size ?? -1,
    faults,
  };
  process.send?.(health);
});
process.on('disconnect', () => process.exit(0));
process.send?.(ports);
