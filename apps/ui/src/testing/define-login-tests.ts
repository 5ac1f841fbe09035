import assert from 'node:assert/strict';
import { createBrowser, type TestBrowser } from './create-browser.js';
import type { AppTarget, TestFramework } from './define-app-tests.js';
import { send } from './send.js';

const ZOE = [
  ['Remote-User', 'zoe'],
  ['Remote-Groups', 'admin'],
] as const;
const JIRI = [
  ['Remote-User', 'jiri'],
  ['Remote-Groups', 'dev'],
] as const;
const SESSION_SECRET = 'the-same-at-both-and-32-characters-long';
const SETTINGS = { trustedProxies: '127.0.0.1', appUrl: 'http://127.0.0.1:8081' };

/** Defines the tests of the app's login: its users, its sessions, its sign-out, and what happens while its database is down. */
export function defineLoginTests(target: AppTarget, { it, afterAll }: TestFramework): void {
  const listening = target.serve(SETTINGS, { SESSION_SECRET });
  const down = target.serve(SETTINGS, {
    SESSION_SECRET,
    DATABASE_URL: 'postgres://app@127.0.0.1:9/app',
    REDIS_URL: 'redis://127.0.0.1:9',
  });
  afterAll(async () => {
    await (await listening).close();
    await (await down).close();
  });
  const browser = async (cookies?: string): Promise<TestBrowser> =>
    createBrowser((await listening).url, cookies);

  it('knows somebody again, by the same row', async () => {
    const one = await (await browser()).send('/whoami', { lines: ZOE });
    const other = await (await browser()).send('/whoami', { lines: ZOE });
    const [first, second] = [one, other].map(({ body }) => JSON.parse(body).account);
    assert.deepEqual(first, second);
    const page = await (await browser()).send('/', { lines: ZOE });
    assert.ok(page.body.includes(first.id), page.body);
  });

  it('is of whom the proxy names now, whosever the cookies are', async () => {
    const shared = await browser();
    const zoe = JSON.parse((await shared.send('/whoami', { lines: ZOE })).body);
    const cookies = shared.cookies();
    const jiri = JSON.parse((await shared.send('/whoami', { lines: JIRI })).body);
    assert.equal(jiri.identity.user, 'jiri');
    assert.notEqual(jiri.account.id, zoe.account.id);
    assert.deepEqual(jiri.account.roles, ['member']);
    const replayed = await (await browser(cookies)).send('/whoami', { lines: JIRI });
    assert.deepEqual(JSON.parse(replayed.body).account, jiri.account);
    const nobody = await (await browser(cookies)).send('/whoami');
    assert.equal(nobody.status, 401);
  });

  it('stays signed out until somebody presses "sign in again", and shows where to go', async () => {
    const visitor = await browser();
    const home = await visitor.send('/', { lines: ZOE });
    assert.ok(home.body.includes('action="/sign-out"'), home.body);
    const out = await visitor.send('/sign-out', { method: 'POST', lines: ZOE });
    assert.equal(out.headers.location, '/signed-out');
    const page = await visitor.send('/signed-out', { lines: ZOE });
    assert.ok(page.body.includes('<h1>You are signed out of this app</h1>'), page.body);
    const next = await visitor.send('/', { lines: ZOE });
    assert.equal(next.headers.location, '/signed-out');
    for (const path of ['/whoami', '/admin']) {
      assert.equal((await visitor.send(path, { lines: ZOE })).status, 401, path);
    }
    const again = await visitor.send('/sign-in', { method: 'POST', lines: ZOE });
    assert.equal(again.headers.location, '/');
    assert.equal((await visitor.send('/', { lines: ZOE })).status, 200);
  });

  it('lets in who has not signed out', async () => {
    const shared = await browser();
    await shared.send('/', { lines: ZOE });
    await shared.send('/sign-out', { method: 'POST', lines: ZOE });
    assert.equal((await shared.send('/', { lines: JIRI })).status, 200);
  });

  it('signs nobody out for the page of another site', async () => {
    const { url } = await listening;
    const foreign = [['Origin', 'https://evil.example'], ...ZOE] as const;
    const reply = await send(`${url}/sign-out`, { method: 'POST', lines: foreign });
    assert.equal(reply.status, 403);
    assert.equal(JSON.parse(reply.body).code, 'cross-origin');
  });

  it('answers what needs nobody while its database is down, and 503 otherwise', async () => {
    const { url } = await down;
    const cookies = await browser();
    await cookies.send('/', { lines: ZOE });
    const kept = createBrowser(url, cookies.cookies());
    for (const path of ['/healthz', '/public', '/signed-out']) {
      assert.equal((await kept.send(path, { lines: ZOE })).status, 200, path);
    }
    for (const path of ['/healthz', '/public', '/signed-out']) {
      assert.equal((await send(`${url}${path}`, { lines: ZOE })).status, 200, path);
      assert.equal((await send(`${url}${path}`)).status, 200, path);
    }
    for (const path of ['/', '/whoami', '/admin', '/live']) {
      assert.equal((await send(`${url}${path}`, { lines: ZOE })).status, 503, path);
      assert.equal((await send(`${url}${path}`)).status, 401, path);
    }
  });
}
