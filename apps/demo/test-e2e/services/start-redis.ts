import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type TemporaryServer } from './temporary-server.js';

/** Starts a Redis of Debian's package that keeps nothing. */
export async function startRedis(
  port: number,
): Promise<TemporaryServer & { readonly url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'e2e-redis-'));
  const server = await startServer({
    program: 'redis-server',
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
    port,
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
