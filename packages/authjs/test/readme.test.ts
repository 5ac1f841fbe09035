import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApplication, startApplication } from './start-application.js';

const ALICE = { user: 'alice' };

describe('the example of the README, in production', () => {
  let application: RunningApplication;
  beforeAll(async () => {
    const env = { AUTH_SECRET: 'a secret of more than 32 characters' };
    application = await startApplication('readme-application.mjs', [], env);
  });
  afterAll(() => application.stop());

  it('signs in alice, and nobody else by her cookie', async () => {
    const browser = application.browser.copy();
    const { status, location } = await browser.get('/sign-in', ALICE);
    expect([status, new URL(location ?? '').pathname]).toEqual([307, '/']);
    expect((await browser.get('/', ALICE)).body).toBe('alice');
    for (const sent of [{}, { user: 'bob' }, { ...ALICE, from: '127.0.0.2' }]) {
      expect((await browser.get('/', sent)).body).toBe(null);
    }
  });

  it('has the route of Auth.js', async () => {
    const browser = application.browser.copy();
    await browser.get('/sign-in', ALICE);
    expect((await browser.get('/api/auth/session', ALICE)).body).toMatchObject({
      user: { name: 'alice' },
    });
  });

  it.each([
    ['nobody', {}],
    ['a stranger with alice’s name', { ...ALICE, from: '127.0.0.2' }],
    ['no user of the application’s', { user: 'mallory' }],
  ])('answers 403 to %s', async (_who, sent) => {
    const browser = application.browser.copy();
    expect((await browser.get('/sign-in', sent)).status).toBe(403);
    expect((await browser.get('/', ALICE)).body).toBe(null);
  });

  it('does not say so where the database is down', async () => {
    const browser = application.browser.copy();
    expect((await browser.get('/sign-in', { user: 'down' })).status).toBe(500);
  });
});
