import { describe, expect, it } from '@jest/globals';
import type { Decision } from '@trusted-header/core';
import { followDecision } from '../src/index.js';
import { DATABASES } from './databases.js';
import {
  createBrowser,
  createTestAuth,
  NOBODY,
  named,
  REFUSED,
  type TestSettings,
  withoutEmail,
} from './test-auth.js';

const ALICE = named('alice', 'ops');

describe.each(DATABASES)('followDecision, on %s', (kind) => {
  async function start(settings?: TestSettings) {
    const test = await createTestAuth(kind, settings);
    const count = async () => ({
      users: await test.adapter.count({ model: 'user' }),
      accounts: await test.adapter.count({ model: 'account' }),
      sessions: await test.adapter.count({ model: 'session' }),
    });
    return { ...test, count, browser: createBrowser(test) };
  }

  it('signs in whom the proxy names, with a user, an account and a session', async () => {
    const { browser, count, adapter } = await start();
    const followed = await browser.follow(ALICE);
    expect(followed).toMatchObject({
      kind: 'user',
      user: { name: 'alice', email: 'alice@example.com', emailVerified: false },
    });
    expect(followed.setCookies.map((line) => line.split('=')[0])).toEqual([
      'better-auth.session_token',
    ]);
    expect(await browser.asBetterAuth()).toBe('alice');
    expect(await count()).toEqual({ users: 1, accounts: 1, sessions: 1 });
    expect(await adapter.findMany({ model: 'account' })).toMatchObject([
      { providerId: 'trusted-header', accountId: 'alice' },
    ]);
  });

  it('keeps the session of the same user with the same groups, and sets no cookie', async () => {
    const { browser, count } = await start();
    await browser.follow(ALICE);
    const second = await browser.follow(named('alice', 'ops', 'ops'));
    expect(second).toMatchObject({ kind: 'user', user: { name: 'alice' }, setCookies: [] });
    expect(await count()).toEqual({ users: 1, accounts: 1, sessions: 1 });
  });

  it('finds the user of an earlier session again', async () => {
    const { browser, count, auth } = await start();
    await browser.follow(ALICE);
    await createBrowser({ auth }).follow(ALICE);
    expect(await count()).toEqual({ users: 1, accounts: 1, sessions: 2 });
  });

  it('switches to whom the proxy names next, and revokes the old session', async () => {
    const { browser, count, auth } = await start();
    await browser.follow(ALICE);
    const stolen = createBrowser({ auth }, browser.stolen());
    expect(await browser.follow(named('bob'))).toMatchObject({
      kind: 'user',
      user: { name: 'bob' },
    });
    expect(await browser.asBetterAuth()).toBe('bob');
    expect(await stolen.asBetterAuth()).toBeUndefined();
    expect(await stolen.follow(NOBODY)).toMatchObject({ kind: 'nobody' });
    expect(await count()).toEqual({ users: 2, accounts: 2, sessions: 1 });
  });

  it.each([
    ['other groups', named('alice', 'dev')],
    ['no group', named('alice')],
    ['groups that are not known', withoutEmail('alice')],
  ])('gives alice with %s a new session', async (_, decision) => {
    const { browser, count } = await start();
    const first = await browser.follow(ALICE);
    const second = await browser.follow(decision);
    const [before, after] = [first, second].map((it) => (it.kind === 'user' ? it.session.id : ''));
    expect(second).toMatchObject({ kind: 'user', user: { name: 'alice' } });
    expect(after).not.toBe(before);
    expect(await count()).toEqual({ users: 1, accounts: 1, sessions: 1 });
  });

  it.each<[string, Decision, TestSettings]>([
    ['names nobody', NOBODY, {}],
    ['is past the proxy', { kind: 'anonymous', trusted: false }, {}],
    ['is refused', REFUSED, {}],
    ['is refused, under keep', REFUSED, { onMissing: 'keep' }],
    ['has another library’s decision', JSON.parse('{"kind":"ok"}'), { onMissing: 'keep' }],
  ])('ends the session of a request that %s', async (_, decision, settings) => {
    const { browser, count } = await start(settings);
    await browser.follow(ALICE);
    const followed = await browser.follow(decision);
    expect(followed.kind).toBe('nobody');
    expect([...browser.cookies.keys()]).toEqual([]);
    expect(followed.headers.get('cookie')).toBeNull();
    expect(await count()).toEqual({ users: 1, accounts: 1, sessions: 0 });
  });

  it('throws where no adapter has decided, and touches nothing', async () => {
    const { browser, auth, count } = await start();
    await browser.follow(ALICE);
    const asked = followDecision(auth, { decision: undefined, headers: browser.headers() });
    await expect(asked).rejects.toThrow('found no decision: put trustedHeader(…)');
    expect((await count()).sessions).toBe(1);
  });

  it('keeps the session of a request that names nobody, where the application says so', async () => {
    const { browser } = await start({ onMissing: 'keep' });
    await browser.follow(ALICE);
    expect(await browser.follow(NOBODY)).toMatchObject({ kind: 'user', user: { name: 'alice' } });
  });

  it.each([
    ['names nobody', NOBODY],
    ['is refused', REFUSED],
  ])(
    'ends nothing on an open path where the request %s, and shows better-auth no session',
    async (_, decision) => {
      const { browser, auth } = await start();
      await browser.follow(ALICE);
      const followed = await browser.follow(decision, { open: true });
      expect(followed).toMatchObject({ kind: 'nobody', setCookies: [] });
      expect(await auth.api.getSession({ headers: followed.headers })).toBeNull();
      expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', setCookies: [] });
    },
  );

  it('leaves the session of another login alone, whoever is named', async () => {
    const { browser, auth, count } = await start();
    const { headers } = await auth.api.signUpEmail({
      body: { email: 'carol@example.com', password: 'a long password', name: 'carol' },
      returnHeaders: true,
    });
    browser.keep(headers.getSetCookie());
    for (const decision of [ALICE, NOBODY, REFUSED]) {
      const followed = await browser.follow(decision);
      expect(followed).toMatchObject({ kind: 'nobody', setCookies: [] });
      const session = await auth.api.getSession({ headers: followed.headers });
      expect(session?.user.name).toBe('carol');
    }
    expect(await count()).toEqual({ users: 1, accounts: 1, sessions: 1 });
  });

  it.each([
    ['of an older version', '{"v":0,"via":"trusted-header","user":"alice","groups":["ops"]}'],
    ['that is no JSON', 'alice'],
    ['that is empty', ''],
    ['that is JSON’s null', 'null'],
  ])('replaces, or ends, a session with a binding %s', async (_, text) => {
    const { browser, adapter } = await start();
    const first = await browser.follow(ALICE);
    if (first.kind !== 'user') throw new Error('alice is not signed in');
    const where = [{ field: 'id', value: first.session.id }];
    await adapter.update({ model: 'session', where, update: { trustedHeader: text } });
    const second = await browser.follow(ALICE);
    expect(second).toMatchObject({ kind: 'user', user: { name: 'alice' } });
    expect(second.setCookies).toHaveLength(1);
    expect(await adapter.count({ model: 'session' })).toBe(1);
    await adapter.updateMany({ model: 'session', where: [], update: { trustedHeader: text } });
    expect(await browser.follow(NOBODY)).toMatchObject({ kind: 'nobody' });
    expect(await adapter.count({ model: 'session' })).toBe(0);
  });

  it('begins a new session where the old one is over', async () => {
    const { browser, adapter } = await start();
    await browser.follow(ALICE);
    const update = { expiresAt: new Date(Date.now() - 1000) };
    await adapter.updateMany({ model: 'session', where: [], update });
    const second = await browser.follow(ALICE);
    expect(second).toMatchObject({ kind: 'user', user: { name: 'alice' } });
    expect(second.setCookies).toHaveLength(1);
  });

  it('renews a session as better-auth does', async () => {
    const { browser, adapter } = await start();
    await browser.follow(ALICE);
    const soon = Date.now() + 86_400_000;
    await adapter.updateMany({
      model: 'session',
      where: [],
      update: { expiresAt: new Date(soon) },
    });
    const second = await browser.follow(ALICE);
    if (second.kind !== 'user') throw new Error('alice is not signed in');
    expect(second.session.expiresAt.getTime()).toBeGreaterThan(soon);
    expect(second.setCookies).toHaveLength(1);
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', setCookies: [] });
  });

  it('does not believe a cookie that is signed wrongly, or by nobody', async () => {
    const { browser } = await start();
    await browser.follow(ALICE);
    const [token = ''] = browser.cookies.get('better-auth.session_token')?.split('.') ?? [];
    for (const forged of [token, `${token}.${'A'.repeat(43)}%3D`]) {
      browser.cookies.set('better-auth.session_token', forged);
      expect(await browser.follow(NOBODY)).toMatchObject({ kind: 'nobody' });
    }
  });

  it('makes one user and one account of 20 first requests, and a session for each browser', async () => {
    const { count, auth } = await start();
    const kinds = await Promise.all(
      Array.from({ length: 20 }, async () => (await createBrowser({ auth }).follow(ALICE)).kind),
    );
    expect(kinds).toEqual(Array(20).fill('user'));
    expect(await count()).toEqual({ users: 1, accounts: 1, sessions: 20 });
  });
});
