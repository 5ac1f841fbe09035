import { expect, it } from '@jest/globals';
import type { Decision } from '@trusted-header/core';
import { multiSession } from 'better-auth/plugins/multi-session';
import { DATABASES } from './databases.js';
import { createBrowser, createTestAuth, NOBODY, named } from './test-auth.js';

const ALICE = named('alice');

it.each(DATABASES)(
  'signs in where multiSession, behind it, ends an older session of the same user, on %s',
  async (kind) => {
    const test = await createTestAuth(kind, { plugins: [multiSession()] });
    const browser = createBrowser(test);
    await browser.follow(ALICE);
    // The plugin's own cookie of that session stays.
    browser.keep(['better-auth.session_token=; Max-Age=0']);
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', user: { name: 'alice' } });
    const { adapter } = await test.auth.$context;
    expect(await adapter.count({ model: 'session' })).toBe(1);
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', setCookies: [] });
    expect(await browser.follow(named('bob'))).toMatchObject({ user: { name: 'bob' } });
  },
);

it.each(DATABASES)(
  'hands no cookie on by which multiSession would find the session of somebody else, on %s',
  async (kind) => {
    const test = await createTestAuth(kind, { plugins: [multiSession()] });
    const alices = createBrowser(test);
    await alices.follow(ALICE);
    const stolen = [...alices.cookies].filter(([name]) => name.includes('_multi-'));
    expect(stolen).toHaveLength(1);
    const listed = async (decision: Decision): Promise<readonly unknown[]> => {
      const thief = createBrowser(test);
      await thief.follow(decision);
      for (const [name, value] of stolen) thief.cookies.set(name, value);
      const { headers } = await thief.follow(decision);
      const sessions = await test.auth.handler(new Request(LIST, { headers }));
      return [...(await sessions.text()).matchAll(/"name":"(\w+)"/g)].map(([, name]) => name);
    };
    expect(await listed(named('bob'))).toEqual(['bob']);
    expect(await listed(NOBODY)).toEqual([]);
    expect(await listed(ALICE)).toEqual(['alice']);
  },
);

const LIST = 'http://127.0.0.1/api/auth/multi-session/list-device-sessions';
