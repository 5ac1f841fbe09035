import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RunningApp, startApp } from './start-app.js';

jest.setTimeout(30_000);

const ALICE = { 'remote-user': 'alice' };
const BOB = { 'remote-user': 'bob' };
const JSON_ONLY = { accept: 'application/json' };
const PASSWORD = 'correct horse battery';

describe('behind its proxy', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => app.stop());

  it('knows whom the proxy names, without a password', async () => {
    const ask = app.openBrowser();
    expect(await ask('/me', { headers: ALICE })).toMatchObject({
      status: 200,
      body: '{"id":"proxy:alice","name":"alice"}',
    });
  });

  it('asks nobody to sign in, and tells programs', async () => {
    const ask = app.openBrowser();
    expect(await ask('/')).toMatchObject({ status: 302, headers: { location: '/login' } });
    expect(await ask('/me', { headers: JSON_ONLY })).toMatchObject({ status: 401 });
  });

  it('refuses a claim of somebody else than the proxy, whoever has signed in there', async () => {
    const ask = app.openBrowser();
    expect((await ask('/me', { headers: ALICE, from: '127.0.0.2' })).status).toBe(403);
    await ask('/register', { form: { name: 'mallory', password: PASSWORD } });
    expect((await ask('/me', { headers: ALICE, from: '127.0.0.2' })).status).toBe(403);
    expect((await ask('/me', { from: '127.0.0.2' })).body).toBe(
      '{"id":"password:mallory","name":"mallory"}',
    );
  });

  it('keeps an account with a password apart from the proxy’s account of that name', async () => {
    const ask = app.openBrowser();
    const reply = await ask('/register', { form: { name: 'alice', password: PASSWORD } });
    expect(reply).toMatchObject({ status: 303, headers: { location: '/' } });
    expect((await ask('/me')).body).toBe('{"id":"password:alice","name":"alice"}');
    expect((await app.openBrowser()('/me', { headers: ALICE })).body).toBe(
      '{"id":"proxy:alice","name":"alice"}',
    );
  });

  it('signs in by the right password only, with a session of its own', async () => {
    await app.openBrowser()('/register', { form: { name: 'carol', password: PASSWORD } });
    const ask = app.openBrowser();
    const wrong = await ask('/login', { form: { name: 'carol', password: `${PASSWORD}!` } });
    expect(wrong).toMatchObject({ status: 401, body: expect.stringContaining('No account has') });
    expect((await ask('/login', { form: { name: 'nobody', password: PASSWORD } })).status).toBe(
      401,
    );
    expect((await ask('/me', { headers: JSON_ONLY })).status).toBe(401);
    await ask('/login', { form: { name: 'carol', password: PASSWORD } });
    expect((await ask('/me')).body).toBe('{"id":"password:carol","name":"carol"}');
  });

  it('takes no name twice, and no short password', async () => {
    const ask = app.openBrowser();
    await ask('/register', { form: { name: 'dave', password: PASSWORD } });
    const again = app.openBrowser();
    expect((await again('/register', { form: { name: 'dave', password: PASSWORD } })).status).toBe(
      409,
    );
    expect((await again('/register', { form: { name: 'erin', password: 'short' } })).status).toBe(
      422,
    );
  });

  it('leaves whom a password has signed in, whomever the proxy names, and gives the proxy’s user back after', async () => {
    const ask = app.openBrowser();
    expect((await ask('/', { headers: BOB })).body).toContain('Hello bob');
    const frank = await ask('/register', {
      form: { name: 'frank', password: PASSWORD },
      headers: BOB,
    });
    // Another id: whoever has planted bob's session has not got frank's.
    expect(frank.headers['set-cookie']).toHaveLength(1);
    const page = await ask('/', { headers: BOB });
    expect(page.body).toContain('Hello frank');
    expect(page.body).toContain('The proxy names bob.');
    await ask('/logout', { form: {}, headers: BOB });
    expect((await ask('/me', { headers: BOB })).body).toBe('{"id":"proxy:bob","name":"bob"}');
  });

  it('follows the proxy to the next person at the browser', async () => {
    const ask = app.openBrowser();
    expect((await ask('/', { headers: ALICE })).body).toContain('Hello alice');
    expect((await ask('/', { headers: BOB })).body).toContain('Hello bob');
    expect((await ask('/me', { headers: JSON_ONLY })).status).toBe(401);
  });

  it('keeps whom the proxy names signed out, until they ask to be in', async () => {
    const ask = app.openBrowser();
    await ask('/', { headers: ALICE });
    expect((await ask('/logout', { form: {}, headers: ALICE })).status).toBe(303);
    expect((await ask('/', { headers: ALICE })).headers.location).toBe('/login');
    expect((await ask('/login', { headers: ALICE })).body).toContain('Go on as alice');
    await ask('/through-the-proxy', { form: {}, headers: ALICE });
    expect((await ask('/', { headers: ALICE })).body).toContain('Hello alice');
  });

  it('takes no form from another site’s page', async () => {
    const ask = app.openBrowser();
    const form = { name: 'grace', password: PASSWORD };
    const fromElsewhere = { 'sec-fetch-site': 'cross-site' };
    expect((await ask('/register', { form, headers: fromElsewhere })).status).toBe(403);
    const posted = { form: {}, headers: { ...ALICE, origin: 'https://evil.example' } };
    expect((await ask('/logout', posted)).status).toBe(403);
  });
});

it('is an application with passwords alone where there is no proxy', async () => {
  const app = await startApp({});
  try {
    const ask = app.openBrowser();
    expect((await ask('/me', { headers: { ...ALICE, ...JSON_ONLY } })).status).toBe(401);
    await ask('/register', { form: { name: 'alice', password: PASSWORD } });
    expect((await ask('/me', { headers: BOB })).body).toBe(
      '{"id":"password:alice","name":"alice"}',
    );
  } finally {
    app.stop();
  }
});
