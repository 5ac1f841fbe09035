import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type TemporaryServer } from './temporary-server.js';

const VERSIONS = '/usr/lib/postgresql';

/** Starts a PostgreSQL of Debian's package with an empty database. Root starts it as the user `postgres`. */
export async function startPostgres(
  port: number,
): Promise<TemporaryServer & { readonly url: string; ask(sql: string): string }> {
  const [version = ''] = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
  const bin = join(VERSIONS, version, 'bin');
  const folder = mkdtempSync(join(tmpdir(), 'e2e-postgres-'));
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'app', '-A', 'trust', '--no-sync', '--encoding=UTF8'];
  run(join(bin, 'initdb'), init, user);
  const server = await startServer({
    program: join(bin, 'postgres'),
    args: ['-D', data, '-p', String(port), '-k', folder, '-c', 'fsync=off', '-h', '127.0.0.1'],
    port,
    user,
    // Its "fast" shutdown: nobody's connection is waited for.
    signal: 'SIGINT',
  });
  const url = `postgres://app@127.0.0.1:${port}/postgres`;
  return {
    url,
    ask: (sql) => run(join(bin, 'psql'), ['-At', '-c', sql, url]).trim(),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idOf(flag: '-u' | '-g'): number {
  return Number(run('id', [flag, 'postgres']));
}

function run(
  program: string,
  args: readonly string[],
  user?: { readonly uid: number; readonly gid: number },
): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd: '/',
    ...user,
  });
  if (status !== 0) throw new Error(`${program}: ${error ?? stderr}`);
  return stdout;
}
