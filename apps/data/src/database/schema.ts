import type { Kysely } from 'kysely';

/** Times are ISO 8601 text in UTC: the same in SQLite and PostgreSQL, and in the order of time. */
export interface Schema {
  readonly users: {
    readonly id: string;
    readonly name: string;
    readonly display_name: string | null;
    readonly email: string | null;
    readonly created_at: string;
    readonly last_seen_at: string;
  };
  readonly sessions: {
    readonly id: string;
    readonly data: string;
    readonly expires_at: string;
  };
}

/** A database, whatever it is. */
export interface Database {
  readonly db: Kysely<Schema>;
  /** Resolves once the tables are there. Rejects while the database is down, and tries again at the next call. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
