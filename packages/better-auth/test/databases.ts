import Sqlite from 'better-sqlite3';

/**
 * The databases on which everything is tried: SQLite where this machine has a program for it, which better-sqlite3 brings for most
 * and compiles elsewhere. `pnpm install` goes on without one, and so do the tests.
 */
export const DATABASES: readonly ('memory' | 'sqlite')[] = hasSqlite()
  ? ['memory', 'sqlite']
  : ['memory'];

/** Its native part is loaded by the first database, and not before. */
function hasSqlite(): boolean {
  try {
    new Sqlite(':memory:').close();
    return true;
  } catch {
    console.warn('better-sqlite3 has no program for this machine: nothing is tried on SQLite');
    return false;
  }
}
