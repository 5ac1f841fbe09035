import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { argon2Verify } from 'hash-wasm';
import { parse } from 'yaml';
import { writeSecrets } from '../src/write-secrets.js';

const FIRST = { user: 'john', password: 'correct horse' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trusted-header-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('writeSecrets', () => {
  it('writes every file that the compose file names', async () => {
    await writeSecrets(folder, FIRST);
    const compose = await readFile(new URL('../compose/compose.yaml', import.meta.url), 'utf8');
    const named = Object.values<{ file: string }>(parse(compose).secrets).map(({ file }) => file);
    const written = (await readdir(join(folder, 'secrets'))).map((name) => `./secrets/${name}`);
    expect(written.sort()).toEqual(named.sort());
  });

  it('writes secrets of 64 characters, each another one', async () => {
    await writeSecrets(folder, FIRST);
    const texts = await Promise.all(
      ['session_secret', 'storage_encryption_key', 'reset_password_jwt_secret'].map((name) =>
        readFile(join(folder, 'secrets', name), 'utf8'),
      ),
    );
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) expect(text).toMatch(/^[\w-]{64}$/);
  });

  it('writes a hash of the password, and not the password', async () => {
    await writeSecrets(folder, FIRST);
    const text = await readFile(join(folder, 'secrets/users_database.yml'), 'utf8');
    const { john } = parse(text).users;
    expect(text).not.toContain(FIRST.password);
    expect(john.password).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$/);
    expect(await argon2Verify({ password: FIRST.password, hash: john.password })).toBe(true);
    expect(await argon2Verify({ password: 'another', hash: john.password })).toBe(false);
    // Slow on purpose: three hashes of 64 MB.
  }, 30_000);

  it('keeps what is there', async () => {
    await writeSecrets(folder, FIRST);
    const before = await readFile(join(folder, 'secrets/storage_encryption_key'), 'utf8');
    const lines = await writeSecrets(folder, FIRST);
    expect(lines.every((line) => line.startsWith('kept'))).toBe(true);
    expect(await readFile(join(folder, 'secrets/storage_encryption_key'), 'utf8')).toBe(before);
  });

  it('closes the folder to others', async () => {
    await writeSecrets(folder, FIRST);
    expect((await stat(join(folder, 'secrets'))).mode & 0o777).toBe(0o700);
  });
});
