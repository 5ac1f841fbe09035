import type { Kysely, Migration } from 'kysely';

/** All migrations, in this order. What has been released is not changed: a new one is added below. */
export const migrations: Readonly<Record<string, Migration>> = {
  '2026-11-27-users-and-sessions': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('users')
        .ifNotExists()
        .addColumn('id', 'text', (column) => column.primaryKey())
        // Two first requests at once must end in one row.
        .addColumn('name', 'text', (column) => column.notNull().unique())
        .addColumn('display_name', 'text')
        .addColumn('email', 'text')
        .addColumn('created_at', 'text', (column) => column.notNull())
        .addColumn('last_seen_at', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('sessions')
        .ifNotExists()
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('data', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('sessions_expires_at')
        .ifNotExists()
        .on('sessions')
        .column('expires_at')
        .execute();
    },
  },
};
