import { expect, it, jest } from '@jest/globals';

jest.unstable_mockModule('better-sqlite3', () => {
  throw new Error('Could not locate the bindings file');
});
const { openData } = await import('../src/open-data.js');

it('says in one line that there is no SQLite, and goes on in memory', async () => {
  const lines: string[] = [];
  const settings = { databaseFile: undefined, databaseUrl: undefined, redisUrl: undefined };
  const data = await openData({ ...settings, sessionSecret: '' }, (line) => lines.push(line));
  expect(lines).toEqual([
    'SQLite has no program for this machine (better-sqlite3 brings one for most, and is compiled where there is a compiler): users and sessions are in memory until the app stops; DATABASE_URL keeps them in PostgreSQL',
  ]);
  const zoe = await data.users.create({ user: 'zoe' });
  expect(await data.users.find({ user: 'zoe' })).toEqual(zoe);
  await data.sessions.set('one', { user: 'zoe' }, 1_000);
  expect(await data.sessions.get('one')).toEqual({ user: 'zoe' });
  await data.close();
});
