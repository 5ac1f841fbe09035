import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from './browser.js';
import { startApplication } from './start-application.js';

const ALICE = { user: 'alice' };
const BOB = { user: 'bob' };
const NOBODY = {};
/** Past the proxy, with alice's name. */
const STRANGER = { user: 'alice', from: '127.0.0.2' };

/** In GitHub's place: whoever comes is Bob there. */
let github: Server;
let issuer = '';
beforeAll(async () => {
  github = createServer((req, res) => {
    res.setHeader('Content-Type', 'application/json');
    const isToken = req.url?.startsWith('/token');
    const body = isToken
      ? { access_token: 'token', token_type: 'bearer' }
      : { id: 'gh', name: 'Bob' };
    res.end(JSON.stringify(body));
  });
  github.listen(0, '127.0.0.1');
  await once(github, 'listening');
  issuer = `http://127.0.0.1:${Reflect.get(Object(github.address()), 'port')}`;
});
afterAll(() => {
  github.close();
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Gives the browser of alice, who has signed in through the proxy. */
async function start(): Promise<Browser> {
  const { browser, stop } = await startApplication('oauth-application.mjs', [issuer]);
  closers.push(stop);
  await browser.post('/auth/callback/trusted-header', ALICE);
  expect(await browser.user(ALICE)).toBe('alice');
  return browser;
}

/** Presses "Sign in with GitHub", and comes back from there. */
async function signInByGitHub(browser: Browser, sent: object): Promise<void> {
  const { location } = await browser.post('/auth/signin/github', sent);
  const state = new URL(location ?? '').searchParams.get('state') ?? '';
  await browser.get(`/auth/callback/github?code=code&state=${encodeURIComponent(state)}`, sent);
}

it.each([
  ['bob', BOB],
  ['nobody', NOBODY],
  ['a stranger with a copied cookie', STRANGER],
])(
  'gives no account of %s to alice, at whose browser he signs in otherwise',
  async (_who, sent) => {
    const browser = await start();
    const copied = browser.copy();
    await signInByGitHub(browser, sent);
    expect((await browser.get('/accounts', sent)).body).toEqual([['github', 'Bob']]);
    expect(await browser.user(sent)).toBe('Bob');
    expect(await copied.user(ALICE)).toBe('alice');
  },
);

it('gives alice the account that she connects herself', async () => {
  const browser = await start();
  await signInByGitHub(browser, ALICE);
  expect((await browser.get('/accounts', ALICE)).body).toEqual([['github', 'alice']]);
});

it('is not asked by getToken(), unless that is given its decode', async () => {
  const browser = await start();
  const seen = async (path: string, sent: object) => (await browser.get(path, sent)).body;
  expect(await seen('/token', BOB)).toBe('alice');
  expect(await seen('/compared-token', BOB)).toBe(null);
  expect(await seen('/compared-token', NOBODY)).toBe(null);
  expect(await seen('/compared-token', STRANGER)).toBe(null);
  expect(await seen('/compared-token', ALICE)).toBe('alice');
});
