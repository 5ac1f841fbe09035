import { expect, it } from '@jest/globals';
import { ConfigError } from '@trusted-header/core';
import { readDataSettings } from '../src/data-settings.js';
import { openData } from '../src/open-data.js';
import { itWithSqlite } from './temporary.js';

it('needs nothing: without settings, a secret is made up', () => {
  const { sessionSecret, ...others } = readDataSettings({ DATABASE_FILE: '', REDIS_URL: '' });
  expect(others).toEqual({ databaseFile: undefined, databaseUrl: undefined, redisUrl: undefined });
  expect(sessionSecret).toMatch(/^[\w-]{43}$/);
  expect(readDataSettings({}).sessionSecret).not.toBe(sessionSecret);
});

it('takes what is given', () => {
  expect(
    readDataSettings({
      DATABASE_URL: 'postgres://app:pw@db/app',
      REDIS_URL: 'redis://cache:6379',
      SESSION_SECRET: 'x'.repeat(32),
    }),
  ).toEqual({
    databaseFile: undefined,
    databaseUrl: 'postgres://app:pw@db/app',
    redisUrl: 'redis://cache:6379',
    sessionSecret: 'x'.repeat(32),
  });
});

it('names every bad setting, and shows none', () => {
  const env = {
    DATABASE_FILE: 'app.sqlite',
    DATABASE_URL: 'mysql://app:hunter2@db/app',
    REDIS_URL: 'cache:6379',
    SESSION_SECRET: 'hunter2',
  };
  const error: unknown = (() => {
    try {
      return readDataSettings(env);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).not.toContain('hunter2');
  for (const name of Object.keys(env)) expect(String(error)).toContain(name);
});

it.each([
  ['REDIS_URL', 'redis://app:100%hunter2@cache'],
  ['DATABASE_URL', 'postgres://app:100%hunter2@db/app'],
  // No UTF-8.
  ['REDIS_URL', 'redis://app:%ff@cache'],
])('refuses %s where a %% of its password is not written as %%25', (name, value) => {
  expect(() => readDataSettings({ [name]: value })).toThrow(
    `${name}: (not shown) has a % that begins no escape; write it as %25`,
  );
});

it('refuses a database of Redis that is no number', () => {
  expect(() => readDataSettings({ REDIS_URL: 'redis://cache/app' })).toThrow(
    'REDIS_URL: (not shown) names a database that is no number; write for example redis://cache:6379/0',
  );
});

itWithSqlite('says what is wrong with a file that cannot be opened', async () => {
  const opening = openData(readDataSettings({ DATABASE_FILE: '/dev/null/app.sqlite' }));
  await expect(opening).rejects.toThrow(
    /^DATABASE_FILE: .* cannot be opened: E.*; name a file in a folder that the app may write to, or set DATABASE_URL$/,
  );
});
