import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type Application,
  type ApplicationOptions,
  startExpress,
  startFastify,
  startKoa,
} from './applications.js';
import { type Browser, createBrowser } from './browser.js';

const running: Application[] = [];
afterEach(async () => {
  for (const application of running.splice(0)) {
    application.server.closeAllConnections();
    await application.close();
  }
});

const ALICE = { user: 'alice', groups: 'dev' };
const BOB = { user: 'bob', groups: 'dev' };

describe.each([
  ['express-session under Express', startExpress],
  ['@fastify/session under @fastify/passport', startFastify],
  ['koa-session under koa-passport', startKoa],
])('with %s', (_name, startApplication) => {
  async function start(options: ApplicationOptions = {}): Promise<Browser> {
    const application = await startApplication(options);
    running.push(application);
    const address = application.server.address();
    return createBrowser(typeof address === 'object' && address !== null ? address.port : 0);
  }

  it('keeps one session, with one id, through three requests', async () => {
    const browser = await start();
    const cookies = new Set<string | undefined>();
    for (const count of [1, 2, 3]) {
      expect(await browser.visit('/', ALICE)).toEqual({
        status: 200,
        body: { user: 'alice', count },
      });
      cookies.add(browser.cookie);
    }
    expect(cookies.size).toBe(1);
  });

  it('begins another when the proxy names another user, with nothing of the last', async () => {
    const browser = await start();
    await browser.visit('/', ALICE);
    const old = browser.cookie ?? '';
    expect((await browser.visit('/', BOB)).body).toEqual({ user: 'bob', count: 1 });
    expect(browser.cookie).not.toBe(old);
    expect((await browser.visit('/', BOB)).body).toEqual({ user: 'bob', count: 2 });
    // The old cookie is no way to be alice.
    expect((await browser.visit('/', { ...BOB, cookie: old })).body).toEqual({
      user: 'bob',
      count: 1,
    });
  });

  it('takes nothing along, also where the application says keepSessionInfo', async () => {
    const browser = await start({ authenticate: { keepSessionInfo: true } });
    await browser.visit('/', ALICE);
    expect((await browser.visit('/', BOB)).body).toEqual({ user: 'bob', count: 1 });
  });

  it('begins another when the groups have changed', async () => {
    const browser = await start();
    await browser.visit('/', ALICE);
    expect((await browser.visit('/', { user: 'alice', groups: 'ops' })).body).toEqual({
      user: 'alice',
      count: 1,
    });
  });

  it('signs out when the proxy names nobody, and believes no cookie', async () => {
    const browser = await start();
    await browser.visit('/', ALICE);
    const old = browser.cookie ?? '';
    expect((await browser.visit('/')).status).toBe(401);
    expect((await browser.visit('/', { cookie: old, from: '127.0.0.2' })).status).toBe(401);
    expect((await browser.visit('/', { ...ALICE, cookie: old })).body).toEqual({
      user: 'alice',
      count: 1,
    });
  });

  it('lets nobody in by a header from elsewhere', async () => {
    const browser = await start();
    await browser.visit('/', ALICE);
    expect(await browser.visit('/', { ...BOB, from: '127.0.0.2' })).toEqual({
      status: 403,
      body: 'peer-untrusted',
    });
  });

  it('ends the session of whoever it was when verify does not know the next', async () => {
    const browser = await start();
    await browser.visit('/', ALICE);
    const old = browser.cookie ?? '';
    expect((await browser.visit('/', { user: 'mallory' })).status).toBe(401);
    expect((await browser.visit('/', { ...ALICE, cookie: old })).body).toEqual({
      user: 'alice',
      count: 1,
    });
  });

  it('answers an error of verify, and leaves the session as it was', async () => {
    let isDown = false;
    const browser = await start({ isDown: () => isDown });
    await browser.visit('/', ALICE);
    isDown = true;
    expect((await browser.visit('/', ALICE)).status).toBe(500);
    isDown = false;
    expect((await browser.visit('/', ALICE)).body).toEqual({ user: 'alice', count: 2 });
  });

  it('shows nothing of alice’s on the error page of bob, whom verify could not look up', async () => {
    let isDown = false;
    const browser = await start({ isDown: () => isDown });
    await browser.visit('/', ALICE);
    const old = browser.cookie ?? '';
    isDown = true;
    const nothing = { status: 500, body: { user: null, count: 0 } };
    expect(await browser.visit('/', BOB)).toEqual(nothing);
    expect(await browser.visit('/', BOB)).toEqual(nothing);
    isDown = false;
    expect((await browser.visit('/', { ...ALICE, cookie: old })).body).toEqual({
      user: 'alice',
      count: 1,
    });
    expect((await browser.visit('/', BOB)).body).toEqual({ user: 'bob', count: 1 });
  });

  it('shows no user of another login there either', async () => {
    let isDown = false;
    const browser = await start({ isDown: () => isDown });
    await browser.visit('/password');
    isDown = true;
    expect((await browser.visit('/', ALICE)).body).toMatchObject({ user: null });
    isDown = false;
    expect((await browser.visit('/', ALICE)).body).toEqual({ user: 'alice', count: 1 });
  });

  it('is bound to its user while its first answer has not ended', async () => {
    // What is signed in and not ours is believed for anybody: the session must never look like that.
    const otherLogin = (req: object) => isSignedIn(req) && !isBound(req);
    const browser = await start({ strategy: { otherLogin } });
    await browser.open('/events', ALICE);
    const first = browser.cookie ?? '';
    expect((await browser.visit('/', ALICE)).body).toEqual({ user: 'alice', count: 1 });
    expect(browser.cookie).toBe(first);
    expect((await browser.visit('/', { ...BOB, cookie: first })).body).toEqual({
      user: 'bob',
      count: 1,
    });
    expect((await browser.visit('/', { cookie: first })).status).toBe(401);
  });

  it('lets nobody pass on an open path, as nobody, and ends nothing', async () => {
    const browser = await start();
    await browser.visit('/', ALICE);
    expect(await browser.visit('/healthz')).toEqual({
      status: 200,
      body: { user: null, count: 0 },
    });
    expect((await browser.visit('/', ALICE)).body).toEqual({ user: 'alice', count: 2 });
  });

  it('takes over what another login has begun, with nothing of it', async () => {
    const browser = await start();
    await browser.visit('/password');
    expect((await browser.visit('/', ALICE)).body).toEqual({ user: 'alice', count: 1 });
    expect((await browser.visit('/', ALICE)).body).toEqual({ user: 'alice', count: 2 });
  });

  it('leaves it alone where otherLogin says so', async () => {
    const browser = await start({ strategy: { otherLogin: isByPassword } });
    await browser.visit('/password');
    for (const count of [1, 2]) {
      expect((await browser.visit('/', ALICE)).body).toEqual({ user: 'carol', count });
    }
    expect((await browser.visit('/')).body).toEqual({ user: 'carol', count: 3 });
  });

  it('makes no session with session: false', async () => {
    const browser = await start({ authenticate: { session: false } });
    // The handler counts in one of its own making.
    const { body } = await browser.visit('/', ALICE);
    expect(body).toEqual({ user: 'alice', count: 1 });
    expect((await browser.visit('/', BOB)).body).toEqual({ user: 'bob', count: 2 });
    expect((await browser.visit('/', { user: 'mallory' })).status).toBe(401);
    expect((await browser.visit('/healthz')).status).toBe(401);
  });
});

function isSignedIn(req: object): boolean {
  return Boolean(Reflect.get(req, 'user'));
}

function isBound(req: object): boolean {
  return Reflect.get(Object(Reflect.get(req, 'session')), 'trustedHeader') !== undefined;
}

async function isByPassword(req: object): Promise<boolean> {
  return Reflect.get(Object(Reflect.get(req, 'session')), 'login') === 'password';
}
