import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createBrowser, type TestBrowser } from './create-browser.js';
import type { AppTarget, TestFramework } from './define-app-tests.js';

const ZOE = { 'Remote-User': 'zoe', 'Remote-Groups': 'admin' } as const;
const JIRI = { 'Remote-User': 'jiri', 'Remote-Groups': 'dev' } as const;

/** Defines the tests of the WebSocket of who is there: whom it opens for, and when it ends. */
export function defineLiveTests(target: AppTarget, { it, afterAll }: TestFramework): void {
  const listening = target.serve({ trustedProxies: '127.0.0.1' }, {});
  afterAll(async () => (await listening).close());
  const browser = async (): Promise<TestBrowser> => createBrowser((await listening).url);

  async function open(headers: Readonly<Record<string, string>>): Promise<WebSocket> {
    const { url } = await listening;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live/socket`, { headers });
    // A test that waits for it fails by its own words, and for ever would be too long.
    setTimeout(() => socket.terminate(), 8_000).unref();
    return socket;
  }

  async function statusOf(headers: Readonly<Record<string, string>>): Promise<number> {
    const socket = await open(headers);
    const [, { statusCode }] = await once(socket, 'unexpected-response');
    socket.on('error', () => undefined);
    socket.terminate();
    return statusCode;
  }

  it('tells over a WebSocket who is there, until the user signs out', async () => {
    const zoe = await browser();
    await zoe.send('/live', { lines: Object.entries(ZOE) });
    const socket = await open({ ...ZOE, Cookie: zoe.cookies() });
    const [text] = await once(socket, 'message');
    assert.ok(JSON.parse(String(text)).includes('zoe'), String(text));
    const closed = once(socket, 'close');
    await zoe.send('/sign-out', { method: 'POST', lines: Object.entries(ZOE) });
    const [code, reason] = await closed;
    assert.deepEqual([code, String(reason)], [4001, 'signed out, or somebody else signed in']);
  });

  it('ends the WebSocket of whom somebody else has followed in the same browser', async () => {
    const shared = await browser();
    await shared.send('/live', { lines: Object.entries(ZOE) });
    const socket = await open({ ...ZOE, Cookie: shared.cookies() });
    await once(socket, 'message');
    const closed = once(socket, 'close');
    await shared.send('/', { lines: Object.entries(JIRI) });
    const [code] = await closed;
    assert.equal(code, 4001);
  });

  it('opens no WebSocket for nobody and for another site, and closes that of a cookie of somebody else', async () => {
    const zoe = await browser();
    await zoe.send('/live', { lines: Object.entries(ZOE) });
    const Cookie = zoe.cookies();
    assert.equal(await statusOf({ Cookie }), 401);
    assert.equal(await statusOf({ ...ZOE, Cookie, Origin: 'https://evil.example' }), 403);
    const socket = await open({ ...JIRI, Cookie });
    const heard: unknown[] = [];
    socket.on('message', (text) => heard.push(String(text)));
    const [code] = await once(socket, 'close');
    assert.deepEqual([code, heard], [4001, []]);
  });
}
