import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AppData, openData } from '../src/open-data.js';
import { memoryUsers } from '../src/users/memory-users.js';
import type { Users } from '../src/users/users.js';
import { itWithSqlite, temporaryFolder } from './temporary.js';

const NOTHING = {
  databaseFile: undefined,
  databaseUrl: undefined,
  redisUrl: undefined,
  sessionSecret: '',
};
const folder = temporaryFolder();
const databaseFile = join(folder.path, 'new', 'app.sqlite');
let data: AppData;
beforeAll(async () => {
  data = await openData({ ...NOTHING, databaseFile }, () => undefined);
});
afterAll(async () => {
  await data.close();
  folder.remove();
});

describe.each<[string, () => Users]>([
  // Where this machine has no SQLite, these are in memory as well, and the app says so.
  ['in SQLite', () => data.users],
  ['in memory', memoryUsers],
])('users %s', (_, make) => {
  it('are made by their first request, and found by the next', async () => {
    const users = make();
    const zoe = { user: 'zoe', name: 'Zoë Müller', email: 'zoe@example.com' };
    expect(await users.find(zoe)).toBeNull();
    const made = await users.create(zoe);
    expect(made).toMatchObject({
      name: 'zoe',
      displayName: 'Zoë Müller',
      email: 'zoe@example.com',
    });
    expect(made.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await users.find(zoe)).toEqual(made);
    expect(await users.create(zoe)).toEqual(made);
  });

  it('are the same only code point for code point', async () => {
    const users = make();
    const names = ['kevin', 'Kevin', '\u212aevin', 'Jos\u00e9', 'Jose\u0301', '__proto__', "x' --"];
    const ids = [];
    for (const user of names) {
      expect(await users.find({ user })).toBeNull();
      ids.push((await users.create({ user })).id);
    }
    expect(new Set(ids).size).toBe(names.length);
  });

  it('get the name and the e-mail that the proxy sends now, and keep their id', async () => {
    const users = make();
    const before = await users.create({ user: 'jiri', name: 'J. D.', email: 'j@example.com' });
    const after = await users.find({ user: 'jiri', name: 'Jiří Dvořák' });
    expect(after).toMatchObject({ id: before.id, displayName: 'Jiří Dvořák', email: null });
    expect(after?.createdAt).toBe(before.createdAt);
  });

  it('are there for who asks since when', async () => {
    const users = make();
    await users.create({ user: 'here' });
    await users.touch(['here']);
    await users.touch([]);
    const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);
    expect(names(await users.seenSince(new Date(Date.now() - 5_000)))).toContain('here');
    expect(names(await users.seenSince(new Date(Date.now() + 5_000)))).toEqual([]);
  });
});

itWithSqlite(
  'makes one row of 200 first requests in each of two processes',
  async () => {
    const file = join(folder.path, 'race.sqlite');
    const program = fileURLToPath(new URL('first-requests.mjs', import.meta.url));
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const child = spawn(process.execPath, [program, file, '200'], {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: {},
        });
        let output = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
        await once(child, 'close');
        return output.trim();
      }),
    );
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).toBe(ids[0]);
  },
  30_000,
);
