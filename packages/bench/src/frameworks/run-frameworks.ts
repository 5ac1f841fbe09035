import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { FrameworkRow } from '../results.js';
import type { Settings } from '../settings.js';
import { FRAMEWORKS, VARIANTS } from './variants.js';

/** Measures the processor time of this process for a request: every framework and variant in turn, the smallest counts. */
export async function runFrameworks(settings: Settings): Promise<readonly FrameworkRow[]> {
  const file = fileURLToPath(new URL('../../dist/frameworks/client.js', import.meta.url));
  const client = fork(file, { execArgv: [] });
  await once(client, 'message');
  const subjects: { framework: string; variant: FrameworkRow['variant']; server: Server }[] = [];
  for (const [framework, make] of Object.entries(FRAMEWORKS)) {
    for (const [variant, middle] of VARIANTS) {
      const server = await make(middle);
      server.keepAliveTimeout = 0;
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      subjects.push({ framework, variant, server });
    }
  }
  const best = subjects.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < settings.loadRounds; round++) {
    for (const [i, { server }] of subjects.entries()) {
      global.gc?.();
      const before = process.cpuUsage();
      client.send({ port: portOf(server), requests: settings.loadRequests });
      const [{ requests }] = await once(client, 'message');
      const { user, system } = process.cpuUsage(before);
      best[i] = Math.min(best[i] ?? 0, (user + system) / requests);
    }
  }
  client.disconnect();
  for (const { server } of subjects) {
    server.closeAllConnections();
    server.close();
  }
  return subjects.map(({ framework, variant }, i) => ({ framework, variant, us: best[i] ?? 0 }));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
