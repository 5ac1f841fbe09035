import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../src/database/open-sqlite.js';

/** Makes a folder for one test file. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'app-data-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Tells whether this machine has SQLite: without a prebuilt program and a compiler it has not, and its tests are skipped. */
export async function hasSqlite(): Promise<boolean> {
  const database = await openSqlite(':memory:');
  await database?.close();
  return database !== undefined;
}
