import { describe, expect, it } from '@jest/globals';
import { createBrowser, createTestAuth, named } from './test-auth.js';

const ALICE = named('alice');

describe('better-auth’s own sign-out', () => {
  async function signedOut(settings = {}) {
    const test = await createTestAuth('memory', settings);
    const browser = createBrowser(test);
    await browser.follow(ALICE);
    const { headers } = await test.auth.api.signOut({
      headers: browser.headers(),
      returnHeaders: true,
    });
    browser.keep(headers.getSetCookie());
    return { ...test, browser };
  }

  it('holds: the next request does not sign in again', async () => {
    const { browser, adapter } = await signedOut();
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'nobody' });
    expect(await adapter.count({ model: 'session' })).toBe(0);
  });

  it('holds until the person asks to be signed in again', async () => {
    const { browser } = await signedOut();
    expect(await browser.follow(ALICE, { again: true })).toMatchObject({ kind: 'user' });
    expect([...browser.cookies.keys()]).toEqual(['better-auth.session_token']);
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user' });
  });

  it('holds nobody else', async () => {
    const { browser } = await signedOut();
    expect(await browser.follow(named('bob'))).toMatchObject({ kind: 'user' });
    expect([...browser.cookies.keys()]).toEqual(['better-auth.session_token']);
  });

  it('ends a session of whoever has signed out that comes back', async () => {
    const test = await createTestAuth('memory');
    const browser = createBrowser(test);
    await browser.follow(ALICE);
    const session = browser.stolen();
    const { headers } = await test.auth.api.signOut({
      headers: browser.headers(),
      returnHeaders: true,
    });
    const other = createBrowser(test);
    await other.follow(ALICE);
    other.keep(headers.getSetCookie().filter((line) => line.includes('hold')));
    expect(await other.follow(ALICE)).toMatchObject({ kind: 'nobody' });
    expect(session.size).toBe(1);
    expect(await test.adapter.count({ model: 'session' })).toBe(0);
  });

  it('holds as long as the application says', async () => {
    const { browser } = await signedOut({ holdSeconds: 0.001 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user' });
  });

  it('does not hold after the sign-out of another login', async () => {
    const test = await createTestAuth('memory');
    const browser = createBrowser(test);
    const body = { email: 'alice@example.com', password: 'a long password', name: 'alice' };
    const up = await test.auth.api.signUpEmail({ body, returnHeaders: true });
    browser.keep(up.headers.getSetCookie());
    const out = await test.auth.api.signOut({ headers: browser.headers(), returnHeaders: true });
    browser.keep(out.headers.getSetCookie());
    expect([...browser.cookies]).toEqual([]);
  });

  it('does not believe a hold that is signed wrongly', async () => {
    const { browser } = await signedOut();
    const name = 'better-auth.trusted_header_hold';
    browser.cookies.set(name, `${browser.cookies.get(name)?.split('.')[0]}.${'A'.repeat(43)}%3D`);
    expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user' });
  });
});
