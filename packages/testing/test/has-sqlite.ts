import { spawnSync } from 'node:child_process';

/**
 * Tells whether this machine has a program for SQLite: better-sqlite3 brings one for most, and is compiled elsewhere. `pnpm install`
 * goes on without one, and so do the tests, which say so.
 */
export function hasSqlite(): boolean {
  const open = "import('better-sqlite3').then((it) => new it.default(':memory:'))";
  const { status } = spawnSync(process.execPath, ['--eval', open], { cwd: import.meta.dirname });
  if (status !== 0) {
    console.warn(
      'better-sqlite3 has no program for this machine: the tokens in SQLite are not tried',
    );
  }
  return status === 0;
}
