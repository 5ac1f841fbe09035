import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { createDatabase } from './create-database.js';
import type { Database } from './schema.js';

/** Makes a pool of connections to PostgreSQL. A database that does not answer within seconds is down. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 4_000,
  });
  // A connection that breaks while nobody uses it would end the process; the pool makes another.
  pool.on('error', () => undefined);
  return createDatabase(new PostgresDialect({ pool }));
}
