import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@trusted-header/core';
import { createWithStore } from './data-error.js';
import type { DataSettings } from './data-settings.js';
import { openPostgres } from './database/open-postgres.js';
import { openSqlite } from './database/open-sqlite.js';
import type { Database } from './database/schema.js';
import { databaseSessions } from './sessions/database-sessions.js';
import { memorySessions } from './sessions/memory-sessions.js';
import { redisSessions } from './sessions/redis-sessions.js';
import type { SessionStore } from './sessions/session-store.js';
import { databaseUsers } from './users/database-users.js';
import { memoryUsers } from './users/memory-users.js';
import type { Users } from './users/users.js';

/** What an app keeps. */
export interface AppData {
  readonly users: Users;
  readonly sessions: SessionStore;
  /** Signs session cookies. */
  readonly sessionSecret: string;
  close(): Promise<void>;
}

const NO_SQLITE =
  'SQLite has no program for this machine (better-sqlite3 brings one for most, and is compiled where there is a compiler): users and sessions are in memory until the app stops; DATABASE_URL keeps them in PostgreSQL';

/**
 * Opens where users and sessions are kept. Nobody waits for PostgreSQL and Redis: what needs them fails while they are down.
 *
 * @param log Gets a line when a store stops answering, and when it answers again.
 * @throws {ConfigError} `option-invalid`, where the file of SQLite cannot be opened.
 */
export async function openData(
  { databaseFile, databaseUrl, redisUrl, sessionSecret }: DataSettings,
  log: (line: string) => void = console.warn,
): Promise<AppData> {
  const remote = redisUrl ? redisSessions(redisUrl, createWithStore('Redis', log)) : undefined;
  const database = databaseUrl ? openPostgres(databaseUrl) : await openFile(databaseFile);
  if (!database) {
    log(NO_SQLITE);
    const close = async (): Promise<void> => remote?.close();
    const sessions = remote ?? memorySessions();
    return { users: memoryUsers(), sessions, sessionSecret, close };
  }
  const withStore = createWithStore('The database', log);
  const sessions = remote ?? databaseSessions(database, withStore);
  return {
    users: databaseUsers(database, withStore),
    sessions,
    sessionSecret,
    async close() {
      await sessions.close();
      await database.close();
    },
  };
}

/** Without a name, a file in a folder that only this user may read, and that goes with the process. */
async function openFile(file: string | undefined): Promise<Database | undefined> {
  if (file !== undefined) return openOrExplain(() => openSqlite(file));
  const folder = await openOrExplain(() => mkdtempSync(join(tmpdir(), 'trusted-header-app-')));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const database = await openSqlite(join(folder, 'app.sqlite'));
  if (!database) return undefined;
  return {
    ...database,
    async close() {
      await database.close();
      remove();
      process.off('exit', remove);
    },
  };
}

async function openOrExplain<T>(open: () => T | Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const issue = {
      option: 'DATABASE_FILE',
      value: '(not shown)',
      problem: `cannot be opened: ${error instanceof Error ? error.message : error}`,
      instead: 'name a file in a folder that the app may write to, or set DATABASE_URL',
    };
    throw new ConfigError('option-invalid', [issue]);
  }
}
