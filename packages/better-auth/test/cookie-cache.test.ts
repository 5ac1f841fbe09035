import { describe, expect, it } from '@jest/globals';
import { DATABASES } from './databases.js';
import { createBrowser, createTestAuth, NOBODY, named } from './test-auth.js';

const ALICE = named('alice');
const COPY = 'better-auth.session_data';

describe.each(DATABASES)('better-auth’s cookie cache, on %s', (kind) => {
  async function start() {
    const test = await createTestAuth(kind, { cookieCache: true });
    return { ...test, browser: createBrowser(test) };
  }

  it('has no copy of a session of ours, whoever asks for one', async () => {
    const { browser, auth } = await start();
    const followed = await browser.follow(ALICE);
    expect(followed.kind).toBe('user');
    expect(browser.cookies.has(COPY)).toBe(false);
    const asked = await auth.handler(
      new Request('http://127.0.0.1/api/auth/get-session', { headers: browser.headers() }),
    );
    browser.keep(asked.headers.getSetCookie());
    expect(await asked.json()).toMatchObject({ user: { name: 'alice' } });
    expect(browser.cookies.has(COPY)).toBe(false);
    expect(asked.headers.getSetCookie().filter((line) => /^[^=]*data=[^;]/.test(line))).toEqual([]);
  });

  it('does not let alice outlive a switch, an end, or a sign-out', async () => {
    const { browser, auth } = await start();
    await browser.follow(ALICE);
    const { headers } = await auth.api.getSession({
      headers: browser.headers(),
      returnHeaders: true,
    });
    browser.keep(headers.getSetCookie());
    const stolen = createBrowser({ auth }, browser.stolen());
    await browser.follow(named('bob'));
    expect(await stolen.asBetterAuth()).toBeUndefined();
    await browser.follow(ALICE);
    const again = createBrowser({ auth }, browser.stolen());
    await browser.follow(NOBODY);
    expect(await again.asBetterAuth()).toBeUndefined();
  });

  it('keeps the copies of other logins', async () => {
    const { browser, auth } = await start();
    const { headers } = await auth.api.signUpEmail({
      body: { email: 'carol@example.com', password: 'a long password', name: 'carol' },
      returnHeaders: true,
    });
    browser.keep(headers.getSetCookie());
    expect(browser.cookies.has(COPY)).toBe(true);
    await browser.follow(ALICE);
    expect(browser.cookies.has(COPY)).toBe(true);
  });
});
