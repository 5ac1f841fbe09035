import { expect, it } from '@jest/globals';
import { multiSession } from 'better-auth/plugins/multi-session';
import { DATABASES } from './databases.js';
import { createBrowser, createTestAuth, named } from './test-auth.js';

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
