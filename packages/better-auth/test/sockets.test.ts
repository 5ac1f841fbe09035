import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Application, startApplication } from './application.js';
import { DATABASES } from './databases.js';

const as = (user: string) => ({
  'remote-user': user,
  'remote-groups': 'dev',
  'remote-email': `${user}@example.com`,
});
const STRANGER = '127.0.0.2';

const APPLICATIONS = [
  { framework: 'hono', database: 'memory', cookieCache: false },
  { framework: 'hono', database: 'sqlite', cookieCache: true },
  { framework: 'express', database: 'memory', cookieCache: true },
  { framework: 'express', database: 'sqlite', cookieCache: false },
] as const;

describe.each(APPLICATIONS.filter(({ database }) => DATABASES.includes(database)))(
  'over sockets, $framework on $database, cookie cache $cookieCache',
  (settings) => {
    let application: Application;
    beforeAll(async () => {
      application = await startApplication(settings);
    });
    afterAll(() => application.stop());

    it('makes one user and one account of 20 first requests at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => application.browser().ask({ headers: as('first') })),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      const { body } = await application.browser().ask();
      expect(body).toMatchObject({ kind: 'nobody', users: 1, accounts: 1, sessions: 20 });
    });

    it('signs in once, and keeps the session', async () => {
      const browser = application.browser();
      const first = await browser.ask({ headers: as('alice') });
      expect(first.body).toMatchObject({ kind: 'user', user: 'alice', asked: 'alice' });
      const second = await browser.ask({ headers: as('alice') });
      expect(second.body).toMatchObject({ kind: 'user', user: 'alice', naively: 'alice' });
      expect(second.setCookies).toEqual([]);
      const session = await browser.ask({ path: '/api/auth/get-session', headers: as('alice') });
      expect(session.body).toMatchObject({ user: { name: 'alice' } });
      expect(JSON.stringify(session.body)).not.toContain('trustedHeader');
    });

    it('is nobody with alice’s cookies or token on an open path of better-auth’s own', async () => {
      const browser = application.browser();
      await browser.ask({ headers: as('alice') });
      const path = '/api/auth/get-session';
      const [token = ''] = browser.cookies.values();
      const authorization = `Bearer ${decodeURIComponent(token)}`;
      for (const from of ['127.0.0.1', STRANGER]) {
        const copied = application.browser(browser.stolen());
        expect(await copied.ask({ path, from })).toMatchObject({ status: 200, body: null });
        const bearer = await application.browser().ask({ path, from, headers: { authorization } });
        expect(bearer).toMatchObject({ status: 200, body: null });
      }
      expect((await browser.ask({ headers: as('alice') })).setCookies).toEqual([]);
    });

    it('is never alice again with alice’s old cookies, after bob has come', async () => {
      const browser = application.browser();
      await browser.ask({ headers: as('alice') });
      await browser.ask({ path: '/api/auth/get-session', headers: as('alice') });
      const old = browser.stolen();
      const switched = await browser.ask({ headers: as('bob') });
      expect(switched.body).toMatchObject({ kind: 'user', user: 'bob', asked: 'bob' });
      // Who asks better-auth with the request's own cookies gets nobody, and not alice.
      expect(switched.body).not.toHaveProperty('naively');
      for (const from of ['127.0.0.1', STRANGER]) {
        const replayed = await application.browser(new Map(old)).ask({ from });
        expect(replayed.body).toMatchObject({ kind: 'nobody' });
        expect(replayed.body).not.toHaveProperty('asked');
        expect(replayed.body).not.toHaveProperty('naively');
        const session = await application
          .browser(new Map(old))
          .ask({ from, path: '/api/auth/get-session' });
        expect(session.body).toBeNull();
      }
      const asBob = await application.browser(new Map(old)).ask({ headers: as('bob') });
      expect(asBob.body).toMatchObject({ kind: 'user', user: 'bob', asked: 'bob' });
    });

    it('ends alice’s session where a stranger comes with her cookies', async () => {
      const browser = application.browser();
      await browser.ask({ headers: as('alice') });
      const stolen = browser.stolen();
      const { body } = await application.browser(new Map(stolen)).ask({ from: STRANGER });
      expect(body).toMatchObject({ kind: 'nobody' });
      expect(body).not.toHaveProperty('asked');
      expect(body).not.toHaveProperty('naively');
    });

    it('refuses a stranger with alice’s cookies and a forged header, and does nothing else', async () => {
      const browser = application.browser();
      await browser.ask({ headers: as('alice') });
      for (const path of ['/', '/api/auth/get-session']) {
        const forged = await application
          .browser(browser.stolen())
          .ask({ from: STRANGER, path, headers: as('alice') });
        expect(forged).toMatchObject({
          status: 403,
          body: { code: 'peer-untrusted' },
          setCookies: [],
        });
      }
      const still = await browser.ask({ headers: as('alice') });
      expect(still.setCookies).toEqual([]);
    });

    it('ends nothing on an open path', async () => {
      const browser = application.browser();
      await browser.ask({ headers: as('alice') });
      const open = await browser.ask({ path: '/open' });
      expect(open.body).toMatchObject({ kind: 'nobody' });
      expect(open.body).not.toHaveProperty('asked');
      expect((await browser.ask({ headers: as('alice') })).setCookies).toEqual([]);
    });

    it('leaves a password login alone, and does not take its user over', async () => {
      const browser = application.browser();
      const up = await browser.ask({
        method: 'POST',
        path: '/api/auth/sign-up/email',
        body: { email: 'carol@example.com', password: 'a long password', name: 'Carol P' },
      });
      expect(up.status).toBe(200);
      for (const headers of [as('alice'), {}]) {
        const { body, setCookies } = await browser.ask({ headers });
        expect(body).toMatchObject({ kind: 'nobody', asked: 'Carol P' });
        expect(setCookies).toEqual([]);
      }
      const denied = await application.browser().ask({ headers: as('carol') });
      expect(denied).toMatchObject({ status: 403, body: { kind: 'denied', code: 'email-taken' } });
    });

    it('does not sign in again after better-auth’s own sign-out', async () => {
      const browser = application.browser();
      await browser.ask({ headers: as('alice') });
      const path = '/api/auth/sign-out';
      const out = await browser.ask({ method: 'POST', path, headers: as('alice'), body: {} });
      expect(out.status).toBe(200);
      expect((await browser.ask({ headers: as('alice') })).body).toMatchObject({ kind: 'nobody' });
    });

    it('does not sign in again after a sign-out in whose request a session has begun', async () => {
      const browser = application.browser();
      await browser.ask({ headers: as('alice') });
      const headers = { ...as('alice'), 'remote-groups': 'ops' };
      const out = await browser.ask({
        method: 'POST',
        path: '/api/auth/sign-out',
        headers,
        body: {},
      });
      expect(out.status).toBe(200);
      expect([...browser.cookies.keys()]).not.toContain('better-auth.session_token');
      expect((await browser.ask({ headers })).body).toMatchObject({ kind: 'nobody' });
    });

    it('keeps a session that begins where better-auth answers, and what better-auth sets', async () => {
      const browser = application.browser();
      const headers = as('grace');
      const path = '/api/auth/get-session';
      await browser.ask({ path, headers });
      const kept = await browser.ask({ headers });
      expect(kept).toMatchObject({ setCookies: [], body: { kind: 'user', user: 'grace' } });
      const other = application.browser();
      const body = { provider: 'github', callbackURL: '/' };
      const social = await other.ask({
        method: 'POST',
        path: '/api/auth/sign-in/social',
        headers,
        body,
      });
      expect([...other.cookies.keys()].sort()).toEqual([
        'better-auth.session_token',
        'better-auth.state',
      ]);
      expect(social.status).toBe(200);
    });

    it('lets no client set the field of a session that says whose it is', async () => {
      const browser = application.browser();
      await browser.ask({ headers: as('alice') });
      const { status } = await browser.ask({
        method: 'POST',
        path: '/api/auth/update-session',
        headers: as('alice'),
        body: { trustedHeader: '{"v":1,"via":"trusted-header","user":"root"}' },
      });
      expect(status).toBe(400);
      expect((await browser.ask({ headers: as('alice') })).setCookies).toEqual([]);
    });

    it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
      'has no URL, by %s',
      async (method) => {
        const paths = [
          'follow-trusted-header',
          'followTrustedHeader',
          'trusted-header',
          'trusted-header/follow',
          'follow',
          'sign-in/trusted-header',
          'virtual:',
          '%2Fvirtual%3A',
          'undefined',
          '',
        ];
        const body = {
          decision: { kind: 'authenticated', identity: { user: 'root' }, source: {} },
        };
        for (const path of paths) {
          const answer = await application.browser().ask({
            from: STRANGER,
            method,
            path: `/api/auth/${path}`,
            ...(method !== 'GET' && method !== 'OPTIONS' && { body }),
          });
          expect(answer).toMatchObject({ status: 404, setCookies: [] });
        }
      },
    );
  },
);
