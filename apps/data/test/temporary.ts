import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from '@jest/globals';
import { openSqlite } from '../src/database/open-sqlite.js';

/** Makes a folder for one test file. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'app-data-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Whether this machine has SQLite: without a prebuilt program and without a compiler it has not, and installs all the same. */
export const hasSqlite = await opens();

/** Skipped where there is no SQLite to try, which is no fault of the application's: no-sqlite.test.ts says what it does then. */
export function itWithSqlite(name: string, run: () => Promise<void>, timeoutMs?: number): void {
  // Skipped for that reason alone.
  (hasSqlite ? it : it.skip)(name, run, timeoutMs);
}

async function opens(): Promise<boolean> {
  const database = await openSqlite(':memory:');
  await database?.close();
  return database !== undefined;
}
