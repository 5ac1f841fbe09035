import { randomUUID } from 'node:crypto';
import type { Identity } from '@trusted-header/core';
import type { Selectable } from 'kysely';
import type { WithStore } from '../data-error.js';
import type { Database, Schema } from '../database/schema.js';
import { changesOf, type User, type Users } from './users.js';

/** Keeps users in a database. */
export function databaseUsers({ db, ready }: Database, withStore: WithStore): Users {
  return {
    find: (identity) => withStore(() => find(identity)),
    create: (identity) => withStore(() => create(identity)),
    touch: (names) => withStore(() => touch(names)),
    seenSince: (time) => withStore(() => seenSince(time)),
  };

  async function find(identity: Identity): Promise<User | null> {
    await ready();
    const row = await byName(identity.user);
    if (!row) return null;
    const changes = changesOf(userOf(row), identity);
    if (!changes) return userOf(row);
    const changed = await db
      .updateTable('users')
      .set({
        display_name: changes.displayName,
        email: changes.email,
        last_seen_at: changes.lastSeenAt,
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirst();
    return changed ? userOf(changed) : null;
  }

  async function create(identity: Identity): Promise<User> {
    await ready();
    const now = new Date().toISOString();
    await db
      .insertInto('users')
      .values({
        id: randomUUID(),
        name: identity.user,
        display_name: identity.name ?? null,
        email: identity.email ?? null,
        created_at: now,
        last_seen_at: now,
      })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const row = await byName(identity.user);
    if (!row) throw new Error('a user that was just made is gone');
    return userOf(row);
  }

  async function touch(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    await ready();
    const last_seen_at = new Date().toISOString();
    await db.updateTable('users').set({ last_seen_at }).where('name', 'in', names).execute();
  }

  async function seenSince(time: Date): Promise<readonly User[]> {
    await ready();
    const rows = await db
      .selectFrom('users')
      .selectAll()
      .where('last_seen_at', '>=', time.toISOString())
      .orderBy('name')
      .execute();
    return rows.map(userOf);
  }

  function byName(name: string): Promise<Row | undefined> {
    return db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst();
  }
}

type Row = Selectable<Schema['users']>;

function userOf({ id, name, email, ...row }: Row): User {
  return {
    id,
    name,
    displayName: row.display_name,
    email,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}
