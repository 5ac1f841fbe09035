import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SqliteDialect } from 'kysely';
import { createDatabase } from './create-database.js';
import type { Database } from './schema.js';

/**
 * Opens a file of SQLite, and makes it and its folder where there is none.
 *
 * @returns undefined where this machine has no program for it: better-sqlite3 brings one for most, and is compiled elsewhere.
 * @throws What is wrong with the file.
 */
export async function openSqlite(file: string): Promise<Database | undefined> {
  const Sqlite = await loadSqlite();
  if (!Sqlite) return undefined;
  mkdirSync(dirname(file), { recursive: true });
  const sqlite = new Sqlite(file);
  // Readers do not wait for a writer, also where several processes have the file.
  sqlite.pragma('journal_mode = WAL');
  return createDatabase(new SqliteDialect({ database: sqlite }));
}

async function loadSqlite() {
  try {
    const { default: Sqlite } = await import('better-sqlite3');
    // The native part is loaded by the first database, and not before.
    new Sqlite(':memory:').close();
    return Sqlite;
  } catch {
    return undefined;
  }
}
