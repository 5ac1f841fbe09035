import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Ask, ask, STRANGER, shown } from './ask.js';
import { browse } from './browse.js';
import { type PreparedApp, prepareApp } from './prepare-app.js';
import { type HowToRun, type RunningNext, runNext } from './run-next.js';

const ALICE = ['Remote-User', 'alice', 'Remote-Groups', 'ops'];
const BOB = ['Remote-User', 'bob', 'Remote-Groups', 'dev'];
const MALLORY = ['Remote-User', 'mallory', 'Remote-Groups', 'ops'];
const NOBODY: string[] = [];
const EMPTY = { user: null, cart: null };

/** Installing and building, at worst. */
const BUILD_MS = 600_000;
jest.setTimeout(60_000);

const apps = new Map<string, Promise<PreparedApp>>();

afterAll(async () => {
  for (const app of apps.values()) await (await app).remove();
});

/** Builds each application once, without the secret of its sessions: what is standalone is in a folder of the same build. */
function prepared(next: '16' | '15'): Promise<PreparedApp> {
  const env = next === '16' ? { STANDALONE: '1' } : {};
  const app = apps.get(next) ?? prepareApp({ source: 'login-app', next, env });
  apps.set(next, app);
  return app;
}

async function run(next: '16' | '15', mode: HowToRun['mode']): Promise<RunningNext> {
  const { folder } = await prepared(next);
  const env = { SESSION_SECRET: 'a secret of more than 32 characters' };
  return runNext({ folder, mode, env, path: '/api/me' });
}

describe.each([
  ['Next 16, next start', '16', 'start'],
  ['Next 16, standalone', '16', 'standalone'],
  ['Next 16, next dev', '16', 'dev'],
  ['Next 15.5, next start', '15', 'start'],
] as const)('the login of %s', (_name, next, mode) => {
  let app: RunningNext;
  beforeAll(async () => {
    app = await run(next, mode);
  }, BUILD_MS);
  afterAll(() => app?.stop());

  const open = () => {
    const jar = new Map<string, string>();
    const visit = (lines: readonly string[], path: string, more: Partial<Ask> = {}) =>
      browse(app.port, jar, { path, lines, ...more });
    const add = (lines: readonly string[], what: string, path = '/cart') =>
      visit(lines, path, { method: 'POST', body: what });
    return { jar, visit, add };
  };
  const database = async (state: 'up' | 'down') =>
    shown(await ask(app.port, { path: '/open/database', method: 'POST', body: state }));

  it('knows alice in pages, route handlers and the Pages router, and her cart', async () => {
    const { jar, visit, add } = open();
    expect(shown(await visit(ALICE, '/'))).toEqual({ user: 'alice', cart: null });
    expect([...jar.keys()]).toEqual(['session']);
    const cookie = jar.get('session');
    await visit(ALICE, '/');
    expect(jar.get('session')).toBe(cookie);
    expect(shown(await add(ALICE, 'book'))).toEqual({ user: 'alice', cart: ['book'] });
    const alices = { user: 'alice', cart: ['book'] };
    expect(shown(await visit(ALICE, '/'))).toEqual(alices);
    expect(shown(await visit(ALICE, '/unmatched'))).toEqual(alices);
    expect(shown(await visit(ALICE, '/legacy'))).toEqual({ ...alices, raw: ['book'] });
    expect(shown(await visit(ALICE, '/open/status'))).toEqual(alices);
    expect(shown(await visit(ALICE, '/api/me'))).toEqual({ name: 'alice', plan: 'free' });
  });

  it.each(['/', '/unmatched', '/cart', '/unmatched/cart', '/legacy', '/open/status', '/act'])(
    'shows bob nothing of alice at %s, when he comes next at her browser',
    async (path) => {
      const { visit, add } = open();
      await add(ALICE, 'secret of alice');
      expect(shown(await visit(BOB, path))).toMatchObject({ user: 'bob', cart: null });
      // Now it is his, and hers is gone.
      await add(BOB, 'his');
      expect(shown(await visit(BOB, '/'))).toEqual({ user: 'bob', cart: ['his'] });
      expect(shown(await visit(ALICE, '/'))).toEqual({ user: 'alice', cart: null });
    },
  );

  it('clears alice’s data before anybody reads the cookie by another way', async () => {
    const { jar, visit, add } = open();
    await add(ALICE, 'secret of alice');
    const old = new Map(jar);
    expect(shown(await visit(BOB, '/api/raw'))).toEqual([null, null]);
    const pages = await browse(app.port, old, { path: '/legacy', lines: BOB });
    expect(shown(pages)).toEqual({ user: 'bob', cart: null, raw: null });
  });

  it('clears alice’s data where proxy.ts does not run, with the first answer that can', async () => {
    const { jar, visit, add } = open();
    await add(ALICE, 'secret of alice', '/unmatched/cart');
    const cookie = jar.get('session');
    await visit(BOB, '/unmatched');
    expect(jar.get('session')).toBe(cookie);
    await visit(BOB, '/unmatched/me');
    expect(jar.get('session')).not.toBe(cookie);
    expect(shown(await visit(ALICE, '/unmatched'))).toEqual({ user: 'alice', cart: null });
  });

  it('never takes an old cookie for alice', async () => {
    const { jar, visit, add } = open();
    await add(ALICE, 'secret of alice');
    const old = [...jar];
    await visit(BOB, '/');
    const replay = (lines: readonly string[], path: string, from?: string) =>
      browse(app.port, new Map(old), { path, lines, ...(from !== undefined && { from }) });
    expect(shown(await replay(BOB, '/'))).toEqual({ user: 'bob', cart: null });
    expect(shown(await replay(BOB, '/unmatched'))).toEqual({ user: 'bob', cart: null });
    expect((await replay(NOBODY, '/')).status).toBe(401);
    expect(shown(await replay(NOBODY, '/unmatched'))).toEqual(EMPTY);
    expect(shown(await replay(NOBODY, '/unmatched/cart'))).toEqual(EMPTY);
    expect(shown(await replay(NOBODY, '/unmatched', STRANGER))).toEqual(EMPTY);
    expect(shown(await replay(ALICE, '/unmatched', STRANGER))).toEqual(EMPTY);
    expect((await replay(ALICE, '/', STRANGER)).status).toBe(403);
    expect((await replay(ALICE, '/unmatched/admin', STRANGER)).text).not.toContain('ADMIN-SECRET');
  });

  it('ends nothing on an open path, and shows nothing of alice there', async () => {
    const { jar, visit, add } = open();
    await add(ALICE, 'book');
    const cookie = jar.get('session');
    expect(shown(await visit(NOBODY, '/open/status'))).toEqual(EMPTY);
    expect(jar.get('session')).toBe(cookie);
    expect(shown(await visit(ALICE, '/'))).toEqual({ user: 'alice', cart: ['book'] });
  });

  it('admits by roles', async () => {
    const { visit } = open();
    const seen: unknown[] = [];
    for (const path of ['/admin', '/unmatched/admin', '/api/admin']) {
      const answers = [await visit(ALICE, path), await visit(BOB, path), await visit(NOBODY, path)];
      seen.push(answers.map(({ status, text }) => [status, /ADMIN-SECRET|"alice"/.test(text)]));
    }
    const expected = [
      [200, true],
      [403, false],
      [401, false],
    ];
    expect(seen).toEqual([expected, expected, expected]);
  });

  it('answers 403 to whom the application does not know', async () => {
    const { jar, visit, add } = open();
    await add(ALICE, 'book');
    const refused = await visit(MALLORY, '/');
    expect([refused.status, shown(refused)]).toMatchObject([403, { code: 'user-unknown' }]);
    expect([...jar]).toEqual([]);
    expect((await visit(MALLORY, '/unmatched/admin')).status).toBe(403);
    expect(shown(await visit(MALLORY, '/unmatched/me'))).toMatchObject({ code: 'user-unknown' });
    expect(shown(await visit(MALLORY, '/unmatched'))).toEqual(EMPTY);
  });

  it('signs out, and holds', async () => {
    const { jar, visit, add } = open();
    await add(ALICE, 'book');
    const old = jar.get('session') ?? '';
    expect(shown(await visit(ALICE, '/sign', { method: 'DELETE' }))).toEqual(EMPTY);
    expect([...jar.keys()]).toEqual(['session-hold']);
    expect(shown(await visit(ALICE, '/'))).toEqual(EMPTY);
    expect(shown(await visit(ALICE, '/unmatched'))).toEqual(EMPTY);
    expect((await visit(ALICE, '/api/me')).status).toBe(401);
    jar.set('session', old);
    expect(shown(await visit(ALICE, '/unmatched'))).toEqual(EMPTY);
    expect(shown(await visit(ALICE, '/sign', { method: 'POST' }))).toEqual({
      user: 'alice',
      cart: null,
      again: 'alice',
    });
    expect([...jar.keys()]).toEqual(['session']);
    expect(shown(await visit(ALICE, '/'))).toEqual({ user: 'alice', cart: null });
  });

  it('signs out and keeps data by server actions', async () => {
    const { jar, visit } = open();
    const page = await visit(ALICE, '/act');
    const [addId, goodbyeId, homeId] = [...page.text.matchAll(/\$ACTION_ID_([0-9a-f]+)/g)].map(
      ([, id = '']) => id,
    );
    const act = (lines: readonly string[], id = '') =>
      visit([...lines, 'Next-Action', id, 'Origin', `http://127.0.0.1:${app.port}`], '/act', {
        method: 'POST',
        body: '[]',
      });
    await act(ALICE, addId);
    expect(shown(await visit(ALICE, '/'))).toEqual({ user: 'alice', cart: ['by an action'] });
    // Bob presses a button of alice's page: what he gets is his.
    const redirected = await act(BOB, homeId);
    expect(redirected.text).not.toContain('alice');
    expect(shown(await visit(BOB, '/'))).toEqual({ user: 'bob', cart: ['by an action'] });
    await act(BOB, goodbyeId);
    expect([...jar.keys()]).toEqual(['session-hold']);
    expect(shown(await visit(BOB, '/'))).toEqual(EMPTY);
  });

  it('answers 503 while the database is down, and keeps the session', async () => {
    const { jar, visit, add } = open();
    await add(ALICE, 'book');
    const cookie = jar.get('session');
    await database('down');
    try {
      const refused = await visit(ALICE, '/');
      expect([refused.status, shown(refused)]).toMatchObject([503, { code: 'user-unavailable' }]);
      expect(shown(await visit(BOB, '/unmatched/me'))).toMatchObject({ code: 'user-unavailable' });
      expect((await visit(ALICE, '/unmatched')).text).toContain('user-unavailable');
      expect(shown(await visit(NOBODY, '/open/status'))).toEqual(EMPTY);
    } finally {
      await database('up');
    }
    expect(jar.get('session')).toBe(cookie);
    expect(shown(await visit(ALICE, '/'))).toEqual({ user: 'alice', cart: ['book'] });
    expect(app.output()).toContain('trusted-header: nobody can be signed in, requests get 503');
  });

  it('looks up once for what is rendered, and once more in proxy.ts', async () => {
    const { visit } = open();
    await visit(ALICE, '/unmatched');
    await visit(ALICE, '/act');
    await database('up');
    await visit(ALICE, '/unmatched');
    expect(await database('up')).toEqual({ lookups: 1 });
    const { text } = await visit(ALICE, '/act');
    expect(await database('up')).toEqual({ lookups: 2 });
    const [file = ''] = /\/_next\/static\/[^"\\]+\.js/.exec(text) ?? [];
    expect((await visit(ALICE, file)).status).toBe(200);
    expect(await database('up')).toEqual({ lookups: 0 });
  });
});
