import { expect, it } from '@jest/globals';
import { createBrowser, createTestAuth, NOBODY, named } from './test-auth.js';

const ALICE = named('alice');

async function start() {
  const test = await createTestAuth('secondary');
  const browser = createBrowser(test);
  const first = await browser.follow(ALICE);
  if (first.kind !== 'user') throw new Error('alice is not signed in');
  return { ...test, browser, first };
}

it('switches where sessions are in a secondary storage, and revokes the old one there', async () => {
  const { browser, auth, store, first } = await start();
  expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', setCookies: [] });
  const stolen = createBrowser({ auth }, browser.stolen());
  expect(await browser.follow(named('bob'))).toMatchObject({ kind: 'user', user: { name: 'bob' } });
  expect(store.has(first.session.token)).toBe(false);
  expect(await stolen.asBetterAuth()).toBeUndefined();
});

it('knows its session after better-auth has written it to a secondary storage once more', async () => {
  const { browser, auth, first } = await start();
  const { internalAdapter } = await auth.$context;
  await internalAdapter.updateSession(first.session.token, { updatedAt: new Date() });
  expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', setCookies: [] });
  expect(await browser.follow(NOBODY)).toMatchObject({ kind: 'nobody' });
  expect(await browser.asBetterAuth()).toBeUndefined();
});
