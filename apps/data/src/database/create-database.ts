import { setTimeout as sleep } from 'node:timers/promises';
import { type Dialect, Kysely, Migrator } from 'kysely';
import { migrations } from './migrations.js';
import type { Database, Schema } from './schema.js';

const ATTEMPTS = 5;
const PAUSE_MS = 100;

/** Makes a database of a dialect. It connects, and migrates, when it is first asked: an app starts while its database is down. */
export function createDatabase(dialect: Dialect): Database {
  const db = new Kysely<Schema>({ dialect });
  let migrated: Promise<void> | undefined;
  return {
    db,
    ready() {
      migrated ??= migrate(db).catch((error: unknown) => {
        migrated = undefined;
        throw error;
      });
      return migrated;
    },
    close: () => db.destroy(),
  };
}

/** Several processes may start at once. PostgreSQL has a lock for that; with SQLite one of them is late, and finds it done. */
async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  for (let attempt = 1; ; attempt++) {
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    if (attempt === ATTEMPTS || !isLate(error)) throw error;
    await sleep(PAUSE_MS * attempt);
  }
}

function isLate(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_CONSTRAINT');
}
