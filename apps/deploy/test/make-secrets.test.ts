import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { argon2Verify } from 'hash-wasm';
import { parse } from 'yaml';
import { writeSecrets } from '../src/write-secrets.js';

const FIRST = { user: 'john', password: 'correct horse' };
const SECRETS = [
  'session_secret',
  'storage_encryption_key',
  'reset_password_jwt_secret',
  'proxy_secret',
];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trusted-header-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('writeSecrets', () => {
  it('writes every file that the compose files name', async () => {
    await writeSecrets(folder, FIRST);
    const named = await Promise.all(
      ['compose', 'compose-dns', 'one-host'].map(async (name) => {
        const compose = new URL(`../${name}/compose.yaml`, import.meta.url);
        const { secrets } = parse(await readFile(compose, 'utf8'));
        return Object.values<{ file: string }>(secrets).map(({ file }) => new URL(file, compose));
      }),
    );
    const folderOfAll = new URL('../compose/secrets/', import.meta.url);
    const written = (await readdir(join(folder, 'secrets'))).map(
      (name) => new URL(name, folderOfAll),
    );
    const paths = (urls: readonly URL[]) => [...new Set(urls.map(({ href }) => href))].sort();
    expect(paths(written)).toEqual(paths(named.flat()));
  });

  it('writes secrets of 64 characters, each another one', async () => {
    await writeSecrets(folder, FIRST);
    const texts = await Promise.all(
      SECRETS.map((name) => readFile(join(folder, 'secrets', name), 'utf8')),
    );
    expect(new Set(texts).size).toBe(4);
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
