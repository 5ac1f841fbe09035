import { fileURLToPath } from 'node:url';
import { apps } from '../../src/apps.js';
import { startServer, type TemporaryServer } from './temporary-server.js';

/** Starts an example app as an operator does: everything is in its environment. */
export function startApp(
  name: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<TemporaryServer> {
  const program = apps.find((app) => app.name === name)?.program ?? '';
  return startServer({
    program: process.execPath,
    args: [fileURLToPath(program)],
    port,
    env: { NODE_ENV: 'production', PORT: String(port), TRUSTED_PROXIES: '127.0.0.1', ...env },
  });
}
