import type { WithStore } from '../data-error.js';
import type { Database } from '../database/schema.js';
import { keyOf, parseSession, type SessionStore } from './session-store.js';

const SWEEP_MS = 10 * 60_000;

/** Keeps sessions in a table. What has expired is not given, and goes every ten minutes. */
export function databaseSessions(
  { db, ready }: Database,
  withStore: WithStore,
): SessionStore & { sweep(): Promise<void>; close(): void } {
  const sweep = (): Promise<void> =>
    withStore(async () => {
      await ready();
      await db.deleteFrom('sessions').where('expires_at', '<=', new Date().toISOString()).execute();
    });
  // What fails is in the log, and tried again.
  const timer = setInterval(() => void sweep().catch(() => undefined), SWEEP_MS).unref();
  return {
    sweep,
    get: (id) =>
      withStore(async () => {
        await ready();
        const row = await db
          .selectFrom('sessions')
          .select('data')
          .where('id', '=', keyOf(id))
          .where('expires_at', '>', new Date().toISOString())
          .executeTakeFirst();
        return parseSession(row?.data);
      }),
    set: (id, session, ttlMs) =>
      withStore(async () => {
        await ready();
        const data = JSON.stringify(session);
        const expires_at = new Date(Date.now() + ttlMs).toISOString();
        await db
          .insertInto('sessions')
          .values({ id: keyOf(id), data, expires_at })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ data, expires_at }))
          .execute();
      }),
    destroy: (id) =>
      withStore(async () => {
        await ready();
        await db.deleteFrom('sessions').where('id', '=', keyOf(id)).execute();
      }),
    close: () => clearInterval(timer),
  };
}
