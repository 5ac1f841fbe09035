import { describe, expect, it } from '@jest/globals';
import { placeholderEmail } from '../src/index.js';
import { DATABASES } from './databases.js';
import {
  createBrowser,
  createTestAuth,
  NOBODY,
  named,
  type TestSettings,
  withoutEmail,
} from './test-auth.js';

const ALICE = named('alice');

describe.each(DATABASES)('whose account it is, on %s', (kind) => {
  async function start(settings?: TestSettings) {
    const test = await createTestAuth(kind, settings);
    return { ...test, browser: createBrowser(test) };
  }

  it('never takes a user over that has the same e-mail and a password', async () => {
    const { browser, auth, adapter } = await start();
    const body = { email: 'Alice@example.com', password: 'a long password', name: 'another' };
    await auth.api.signUpEmail({ body });
    const followed = await browser.follow(ALICE);
    expect(followed).toMatchObject({ kind: 'denied', code: 'email-taken' });
    expect([...browser.cookies]).toEqual([]);
    expect(await adapter.findMany({ model: 'account' })).toMatchObject([
      { providerId: 'credential' },
    ]);
  });

  it('knows a user whose e-mail at the proxy has changed, by the account', async () => {
    const { browser, auth, adapter } = await start({ emailFor: placeholderEmail });
    await browser.follow(ALICE);
    const later = await createBrowser({ auth }).follow(withoutEmail('alice'));
    expect(later).toMatchObject({ kind: 'user', user: { email: 'alice@example.com' } });
    expect(await adapter.count({ model: 'user' })).toBe(1);
  });

  it('signs in existing users only, where the application says so', async () => {
    const { browser, auth } = await start({ create: false });
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'denied', code: 'user-unknown' });
    const { internalAdapter } = await auth.$context;
    const fields = { name: 'Alice', email: 'alice@example.org', emailVerified: true };
    const { id: userId } = await internalAdapter.createUser(fields, { method: 'by hand' });
    const account = { providerId: 'trusted-header', accountId: 'alice', userId };
    await internalAdapter.createAccount(account);
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', user: { name: 'Alice' } });
  });

  it('denies a user without an e-mail, and takes the stated placeholder', async () => {
    const { browser } = await start();
    expect(await browser.follow(withoutEmail('alice'))).toMatchObject({
      kind: 'denied',
      code: 'email-missing',
    });
    const other = await start({ emailFor: placeholderEmail });
    expect(await other.browser.follow(withoutEmail('alice'))).toMatchObject({
      user: {
        email:
          '2bd806c97f0e00af1a1fc3328fa763a9269723c8db8fac4f93af71db186d6e90@trusted-header.invalid',
      },
    });
  });

  it('tells Alice from alice, though better-auth lower-cases e-mails', async () => {
    const { auth, adapter } = await start({ emailFor: placeholderEmail });
    for (const user of ['alice', 'Alice', 'ALICE', 'alice ']) {
      const followed = await createBrowser({ auth }).follow(withoutEmail(user));
      expect(followed).toMatchObject({ kind: 'user', user: { name: user } });
    }
    expect(await adapter.count({ model: 'user' })).toBe(4);
  });

  it('gives a new user what mapUser says, but neither its e-mail', async () => {
    const { browser } = await start({
      mapUser: ({ user }) => ({
        name: `Dr. ${user}`,
        emailVerified: true,
        email: 'eve@example.com',
      }),
    });
    expect(await browser.follow(ALICE)).toMatchObject({
      user: { name: 'Dr. alice', emailVerified: true, email: 'alice@example.com' },
    });
  });

  it('denies whom mapUser denies, and ends the session of whoever was there', async () => {
    const { browser, adapter } = await start({
      mapUser: ({ user }) => (user === 'mallory' ? null : {}),
    });
    await browser.follow(ALICE);
    const followed = await browser.follow(named('mallory'));
    expect(followed).toMatchObject({ kind: 'denied', code: 'user-unknown' });
    expect([...browser.cookies]).toEqual([]);
    expect(followed.headers.get('cookie')).toBeNull();
    expect(await adapter.count({ model: 'session' })).toBe(0);
  });

  it('creates nobody where mapUser has forgotten its return', async () => {
    const { browser, adapter } = await start({ mapUser: () => JSON.parse('{}').nothing });
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'unavailable' });
    expect(await adapter.count({ model: 'user' })).toBe(0);
  });

  it('denies whom a hook of better-auth refuses a session', async () => {
    const { browser, adapter } = await start({ isBanned: () => true });
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'denied', code: 'user-refused' });
    expect(await adapter.count({ model: 'session' })).toBe(0);
  });
});

it('does not bring back a user that was deleted where the account was left', async () => {
  const test = await createTestAuth('memory');
  const { internalAdapter } = await test.auth.$context;
  const account = { providerId: 'trusted-header', accountId: 'alice', userId: 'gone' };
  await internalAdapter.createAccount(account);
  const followed = await createBrowser(test).follow(ALICE);
  expect(followed).toMatchObject({ kind: 'denied', code: 'user-unknown' });
});

it('does not take Alice for alice where the database compares without case', async () => {
  const test = await createTestAuth('memory');
  await createBrowser(test).follow(ALICE);
  const { findMany } = test.adapter;
  Reflect.set(test.adapter, 'findMany', (query: object) =>
    Reflect.apply(findMany, test.adapter, [
      JSON.parse(JSON.stringify(query).replace('"Alice"', '"alice"')),
    ]),
  );
  const followed = await createBrowser(test).follow(named('Alice'));
  expect(followed).toMatchObject({ kind: 'denied', code: 'user-unknown' });
});

it('leaves no user behind that nobody could be, where the database has no transactions', async () => {
  const { adapter, failing, ...test } = await createTestAuth('memory');
  Reflect.set(adapter, 'transaction', (work: (it: object) => unknown) => work(adapter));
  failing.add('create account');
  expect(await createBrowser(test).follow(ALICE)).toMatchObject({ kind: 'unavailable' });
  expect(await adapter.count({ model: 'user' })).toBe(0);
});

describe.each(DATABASES)('a database that fails, on %s', (kind) => {
  it.each(['findMany account', 'findOne user', 'create user', 'create account', 'create session'])(
    'signs nobody in at %s, and everybody afterwards',
    async (failure) => {
      const { failing, adapter, ...test } = await createTestAuth(kind);
      const browser = createBrowser(test);
      failing.add(failure);
      const followed = await browser.follow(ALICE);
      expect(followed).toMatchObject({ kind: 'unavailable', setCookies: [] });
      failing.clear();
      expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user' });
      expect(await adapter.count({ model: 'user' })).toBe(1);
      expect(await adapter.count({ model: 'account' })).toBe(1);
    },
  );

  it.each([
    'findMany session',
    'findMany account',
    'findOne user',
    'create user',
    'create account',
    'create session',
    'delete session',
  ])('leaves alice’s session as it was, when bob comes and %s fails', async (failure) => {
    const { failing, ...test } = await createTestAuth(kind);
    const browser = createBrowser(test);
    await browser.follow(ALICE);
    const before = browser.stolen();
    failing.add(failure);
    const followed = await browser.follow(named('bob'));
    expect(followed).toMatchObject({ kind: 'unavailable', setCookies: [] });
    expect(followed.headers.get('cookie')).toBeNull();
    failing.clear();
    expect(browser.cookies).toEqual(before);
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', setCookies: [] });
    expect(await browser.follow(named('bob'))).toMatchObject({
      kind: 'user',
      user: { name: 'bob' },
    });
  });

  it('stops nobody on an open path', async () => {
    const { failing, ...test } = await createTestAuth(kind);
    const browser = createBrowser(test);
    await browser.follow(ALICE);
    failing.add('findMany session');
    const followed = await browser.follow(NOBODY, { open: true });
    expect(followed).toMatchObject({ kind: 'nobody', setCookies: [] });
    expect(followed.headers.get('cookie')).toBeNull();
  });
});
