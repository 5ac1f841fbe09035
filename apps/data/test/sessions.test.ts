import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWithStore, isDataError } from '../src/data-error.js';
import { openPostgres } from '../src/database/open-postgres.js';
import { openSqlite } from '../src/database/open-sqlite.js';
import type { Database } from '../src/database/schema.js';
import { databaseSessions } from '../src/sessions/database-sessions.js';
import { memorySessions } from '../src/sessions/memory-sessions.js';
import { redisSessions } from '../src/sessions/redis-sessions.js';
import type { SessionStore } from '../src/sessions/session-store.js';
import { hasSqlite, itWithSqlite, temporaryFolder } from './temporary.js';

const folder = temporaryFolder();
let database: Database;
let sessions: ReturnType<typeof databaseSessions>;
beforeAll(async () => {
  const opened = await openSqlite(join(folder.path, 'app.sqlite'));
  if (!opened) return;
  database = opened;
  sessions = databaseSessions(
    database,
    createWithStore('The database', () => undefined),
  );
});
afterAll(async () => {
  sessions?.close();
  await database?.close();
  folder.remove();
});

const stores: [string, () => SessionStore][] = [['in memory', memorySessions]];
if (hasSqlite) stores.push(['in SQLite', () => sessions]);

describe.each(stores)('sessions %s', (_, make) => {
  it('are what was set last, until they are destroyed', async () => {
    const store = make();
    expect(await store.get('one')).toBeUndefined();
    await store.set('one', { user: 'zoe', list: [1, { two: null }] }, 60_000);
    await store.set('two', { user: 'jiri' }, 60_000);
    expect(await store.get('one')).toEqual({ user: 'zoe', list: [1, { two: null }] });
    await store.set('one', { user: 'guest' }, 60_000);
    expect(await store.get('one')).toEqual({ user: 'guest' });
    await store.destroy('one');
    await store.destroy('never');
    expect(await store.get('one')).toBeUndefined();
    expect(await store.get('two')).toEqual({ user: 'jiri' });
  });

  it('are not there once they have expired', async () => {
    const store = make();
    await store.set('short', { user: 'zoe' }, -1);
    expect(await store.get('short')).toBeUndefined();
  });
});

itWithSqlite(
  'removes the rows of what has expired, and stores no id that a cookie could hold',
  async () => {
    await sessions.set('old', {}, -1);
    await sessions.set('new', {}, 60_000);
    await sessions.sweep();
    const ids = await database.db.selectFrom('sessions').select('id').execute();
    // SHA-256 of "new" in base64url; "two" is of the test above.
    expect(ids.map(({ id }) => id)).toContain('EVB6Di9eadXfpApiob17buV-a82FxnybhDGzb_8hxDc');
    expect(ids.map(({ id }) => id)).not.toContain('new');
    expect(ids).toHaveLength(2);
  },
);

describe('a store that is down', () => {
  it.each([
    ['PostgreSQL, nobody listens', (port: number) => postgres(port), 'refuse'],
    ['PostgreSQL, nobody answers', (port: number) => postgres(port), 'silent'],
    ['Redis, nobody listens', (port: number) => redis(port), 'refuse'],
    ['Redis, nobody answers', (port: number) => redis(port), 'silent'],
  ] as const)(
    'is an error within seconds, with one line: %s',
    async (_, open, how) => {
      const server = createServer(() => undefined).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      if (how === 'refuse') await new Promise((resolve) => server.close(resolve));
      const { store, lines, close } = open(port);
      const errors = await Promise.all(
        [1, 2].map(() => store.get('one').catch((error: unknown) => error)),
      );
      expect(errors.map(isDataError)).toEqual([true, true]);
      expect(errors[0]).toMatchObject({ status: 503 });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^(The database|Redis) does not answer: ./);
      await close();
      server.close();
    },
    15_000,
  );
});

interface Opened {
  readonly store: SessionStore;
  readonly lines: readonly string[];
  close(): Promise<void>;
}

function postgres(port: number): Opened {
  const lines: string[] = [];
  const opened = openPostgres(`postgres://app:secret@127.0.0.1:${port}/app`);
  const store = databaseSessions(
    opened,
    createWithStore('The database', (line) => lines.push(line)),
  );
  const close = async (): Promise<void> => {
    store.close();
    await opened.close();
  };
  return { store, lines, close };
}

function redis(port: number): Opened {
  const lines: string[] = [];
  const store = redisSessions(
    `redis://127.0.0.1:${port}`,
    createWithStore('Redis', (line) => lines.push(line)),
  );
  return { store, lines, close: async () => store.close() };
}
