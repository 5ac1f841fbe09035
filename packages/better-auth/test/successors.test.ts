import { describe, expect, it } from '@jest/globals';
import { admin } from 'better-auth/plugins/admin';
import { DATABASES } from './databases.js';
import { createBrowser, createTestAuth, NOBODY, named } from './test-auth.js';

const ALICE = named('alice');
const PASSWORD = { newPassword: 'a long password' };

describe.each([...DATABASES, 'secondary'] as const)(
  'a session that better-auth makes of ours, on %s',
  (kind) => {
    /** Alice has a password too, and changes it: better-auth revokes all her sessions and makes a new one. */
    async function afterChange() {
      const test = await createTestAuth(kind);
      const browser = createBrowser(test);
      await browser.follow(ALICE);
      await test.auth.api.setPassword({ body: PASSWORD, headers: browser.headers() });
      const { headers } = await test.auth.api.changePassword({
        body: {
          currentPassword: PASSWORD.newPassword,
          newPassword: 'another long password',
          revokeOtherSessions: true,
        },
        headers: browser.headers(),
        returnHeaders: true,
      });
      browser.keep(headers.getSetCookie());
      return { ...test, browser };
    }

    it('follows the proxy as well, after a change of the password', async () => {
      const { browser } = await afterChange();
      expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', setCookies: [] });
      expect(await browser.follow(named('bob'))).toMatchObject({
        kind: 'user',
        user: { name: 'bob' },
      });
    });

    it('ends where the proxy names nobody', async () => {
      const { browser } = await afterChange();
      expect((await browser.follow(NOBODY)).kind).toBe('nobody');
      expect(await browser.asBetterAuth()).toBeUndefined();
    });

    it('follows the proxy as well, while alice impersonates carol', async () => {
      const test = await createTestAuth(kind, {
        plugins: [admin()],
        mapUser: ({ user }) => ({ role: user === 'alice' ? 'admin' : 'user' }),
      });
      const carol = await createBrowser(test).follow(named('carol'));
      const browser = createBrowser(test);
      await browser.follow(ALICE);
      const userId = carol.kind === 'user' ? carol.user.id : '';
      const response = await test.auth.handler(
        new Request('http://127.0.0.1/api/auth/admin/impersonate-user', {
          method: 'POST',
          headers: {
            ...Object.fromEntries(browser.headers()),
            'content-type': 'application/json',
            origin: 'http://127.0.0.1',
          },
          body: JSON.stringify({ userId }),
        }),
      );
      expect(response.status).toBe(200);
      browser.keep(response.headers.getSetCookie());
      expect(await browser.follow(ALICE)).toMatchObject({ kind: 'user', user: { name: 'carol' } });
      const stolen = createBrowser(test, browser.stolen());
      expect(await browser.follow(named('bob'))).toMatchObject({
        kind: 'user',
        user: { name: 'bob' },
      });
      expect(await stolen.asBetterAuth()).toBeUndefined();
    });

    it('is another login’s, where somebody signs in with a password of their own', async () => {
      const { browser, auth } = await afterChange();
      const { headers } = await auth.api.signUpEmail({
        body: { email: 'carol@example.com', password: 'a long password', name: 'carol' },
        headers: browser.headers(),
        returnHeaders: true,
      });
      browser.keep(headers.getSetCookie());
      expect(await browser.follow(named('bob'))).toMatchObject({ kind: 'nobody', setCookies: [] });
      expect(await browser.asBetterAuth()).toBe('carol');
    });
  },
);
