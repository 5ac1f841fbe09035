import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Ask, STRANGER, shown } from './ask.js';
import { browse } from './browse.js';
import { type PreparedApp, prepareApp } from './prepare-app.js';
import { type RunningNext, runNext } from './run-next.js';

const ALICE = ['Remote-User', 'alice', 'Remote-Groups', 'ops'];
const BOB = ['Remote-User', 'bob', 'Remote-Groups', 'dev'];
const MALLORY = ['Remote-User', 'mallory'];
const NOBODY: string[] = [];
const COOKIE = 'authjs.session-token';

/** Installing and building, at worst. */
const BUILD_MS = 600_000;
jest.setTimeout(60_000);

describe.each(['16', '15'] as const)('Auth.js on Next %s', (next) => {
  let prepared: PreparedApp;
  let app: RunningNext;
  beforeAll(async () => {
    prepared = await prepareApp({ source: 'authjs-app', next });
    const env = { AUTH_SECRET: 'a secret of more than 32 characters' };
    app = await runNext({ folder: prepared.folder, mode: 'start', env, path: '/' });
  }, BUILD_MS);
  afterAll(async () => {
    await app?.stop();
    await prepared?.remove();
  });

  const open = (jar = new Map<string, string>()) => ({
    jar,
    visit: (lines: readonly string[], path: string, more: Partial<Ask> = {}) =>
      browse(app.port, jar, { path, lines, ...more }),
  });

  /** Presses the button of the sign-in page of Auth.js. */
  async function press({ visit }: ReturnType<typeof open>, lines: readonly string[], from: string) {
    const { csrfToken }: { csrfToken: string } = Object(
      shown(await visit(lines, '/api/auth/csrf', { from })),
    );
    const form = ['Content-Type', 'application/x-www-form-urlencoded'];
    const body = new URLSearchParams({ csrfToken, callbackUrl: '/', user: 'alice' }).toString();
    const post = { method: 'POST', body, from };
    return visit([...lines, ...form], '/api/auth/callback/trusted-header', post);
  }

  it('signs alice in, and knows her where anybody asks', async () => {
    const { jar, visit } = open();
    expect(shown(await visit(ALICE, '/'))).toBe(null);
    const { headers } = await visit(ALICE, '/sign-in');
    expect([headers.location, [...jar.keys()].includes(COOKIE)]).toEqual([
      `http://127.0.0.1:${app.port}/`,
      true,
    ]);
    expect(shown(await visit(ALICE, '/'))).toBe('alice');
    expect(shown(await visit(ALICE, '/unmatched'))).toBe('alice');
    expect(shown(await visit(ALICE, '/in-proxy'))).toBe('alice');
    expect(shown(await visit(ALICE, '/api/auth/session'))).toMatchObject({
      user: { name: 'alice' },
    });
  });

  it('is no longer alice’s session when the proxy names bob, nobody, or is not asked', async () => {
    const { jar, visit } = open();
    await visit(ALICE, '/sign-in');
    expect(shown(await visit(BOB, '/'))).toBe(null);
    expect(shown(await visit(BOB, '/unmatched'))).toBe(null);
    expect(shown(await visit(BOB, '/in-proxy'))).toBe(null);
    expect(shown(await visit(NOBODY, '/unmatched'))).toBe(null);
    expect(shown(await visit(NOBODY, '/unmatched', { from: STRANGER }))).toBe(null);
    expect(shown(await visit(ALICE, '/unmatched', { from: STRANGER }))).toBe(null);
    expect(shown(await visit(ALICE, '/'))).toBe('alice');
    // Where Next can set cookies, it is gone.
    expect(shown(await visit(BOB, '/api/auth/session'))).toBe(null);
    expect([...jar.keys()].includes(COOKIE)).toBe(false);
  });

  it('makes bob’s session in the place of alice’s, and takes no old cookie for her', async () => {
    const { jar, visit } = open();
    await visit(ALICE, '/sign-in');
    const old = open(new Map(jar));
    await visit(BOB, '/sign-in');
    expect(shown(await visit(BOB, '/'))).toBe('bob');
    expect(shown(await old.visit(BOB, '/'))).toBe(null);
  });

  it('gives a forged POST of a stranger nothing', async () => {
    const stranger = open();
    const answer = await press(stranger, ALICE, STRANGER);
    expect([answer.headers.location, stranger.jar.has(COOKIE)]).toEqual([
      expect.stringContaining('error=CredentialsSignin'),
      false,
    ]);
    const alice = open();
    await press(alice, ALICE, '127.0.0.1');
    expect(shown(await alice.visit(ALICE, '/'))).toBe('alice');
  });

  it('signs in nobody whom the application does not know', async () => {
    const mallory = open();
    await press(mallory, MALLORY, '127.0.0.1');
    expect(mallory.jar.has(COOKIE)).toBe(false);
    expect((await mallory.visit(MALLORY, '/sign-in')).status).toBe(403);
    // By `proxy.ts`, before the route.
    expect((await mallory.visit(NOBODY, '/sign-in')).status).toBe(401);
    expect(mallory.jar.has(COOKIE)).toBe(false);
    expect(shown(await mallory.visit(MALLORY, '/'))).toBe(null);
  });
});
