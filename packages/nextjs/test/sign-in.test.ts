import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineRoles } from '@trusted-header/login';
import type { NextRequest } from 'next/server.js';
import { registerTrustedHeader, signIn } from '../src/index.js';
import { ironSession } from '../src/iron-session.js';
import { findRegistry } from '../src/registry.js';
import {
  decide,
  inNext,
  type Jar,
  NextResponse,
  requestOf,
  throughProxy,
} from './decided-request.js';

const ALICE = decide('alice', 'ops');
const BOB = decide('bob', 'dev');
const NOBODY = decide(undefined);
const STRANGER = decide('alice', 'ops', '127.0.0.2');
const PASSWORD = 'a password of more than 32 characters';

interface Cart {
  cart: string[];
}

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterAll(() => findRegistry()?.stop());

/** An application that knows alice, bob and carol, and whose database can be switched off. */
function createApplication() {
  const asked: string[] = [];
  const database = { isDown: false };
  const login = signIn({
    find({ user }) {
      asked.push(user);
      if (database.isDown) throw new Error('down');
      return ['alice', 'bob', 'carol'].includes(user) ? { name: user, visits: 1 } : null;
    },
    roles: defineRoles({ admin: 'ops', viewer: '*' }),
    session: ironSession<Cart>({ password: PASSWORD, cookieName: 'session' }),
    log: false,
  });
  const jar: Jar = new Map();
  /** Puts something into the session, as a route handler does. */
  const fill = (decision: typeof ALICE, cart: string[]) =>
    inNext('action', requestOf(decision, jar), jar, async () => {
      const session = await login.getSession();
      session.cart = cart;
      await session.save();
    });
  const proxy = (decision: typeof ALICE, asked = {}) =>
    throughProxy(login.followSession(), requestOf(decision, jar, asked), jar);
  const cartOf = async (request: NextRequest) => (await login.getSession(request)).cart;
  return { ...login, asked, database, jar, fill, proxy, cartOf };
}

describe('followSession in proxy.ts', () => {
  it('signs in at the first request, and sets no cookie at any other', async () => {
    const { proxy, jar } = createApplication();
    const first = await proxy(ALICE);
    expect(first.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^session=Fe26\.2[^;]+; Path=\/; .*Max-Age=1209540; Secure; HttpOnly; SameSite=lax$/,
      ),
    ]);
    expect(first.headers.get('x-middleware-next')).toBe('1');
    const [cookie] = jar.values();
    // The answer of the application is as it was: here, none.
    expect([...(await proxy(ALICE)).headers.keys()]).toEqual(['content-type']);
    expect([...jar.values()]).toEqual([cookie]);
  });

  it('leaves nothing of alice to bob, who comes next at the same browser', async () => {
    const { proxy, fill, jar, getUser, cartOf } = createApplication();
    await fill(ALICE, ['secret of alice']);
    const cookie = jar.get('session');
    await proxy(BOB);
    expect(jar.get('session')).not.toBe(cookie);
    const request = requestOf(BOB, jar);
    expect([await getUser(request), await cartOf(request)]).toEqual([
      { name: 'bob', visits: 1 },
      undefined,
    ]);
    // Nor to alice herself, when she is back: her data went with her session.
    expect(await cartOf(requestOf(ALICE, jar))).toBe(undefined);
  });

  it('shows the new session to what runs behind it, whichever way it reads cookies', async () => {
    const { followSession, fill, jar, getSession } = createApplication();
    await fill(ALICE, ['secret of alice']);
    const before = jar.get('session');
    const request = requestOf(BOB, jar);
    let seen: unknown;
    const proxy = followSession(async (given) => {
      seen = [given.cookies.get('session')?.value, (await getSession(given)).cart];
    });
    const { headers } = await throughProxy(proxy, request, jar);
    expect(seen).toEqual([jar.get('session'), undefined]);
    expect(headers.get('x-middleware-request-cookie')).toBe(`session=${jar.get('session')}`);
    expect(headers.get('x-middleware-override-headers')).toBe('cookie,x-trusted-header-id');
    expect(jar.get('session')).not.toBe(before);
  });

  it('ends the session with the proxy’s', async () => {
    const { proxy, followSession, fill, jar, cartOf } = createApplication();
    await fill(ALICE, ['x']);
    const old = new Map(jar);
    await proxy(NOBODY);
    expect([...jar]).toEqual([]);
    const behind: unknown[] = [];
    const seeing = followSession(({ cookies }) => void behind.push(...cookies.getAll()));
    await throughProxy(seeing, requestOf(NOBODY, old), new Map());
    expect(behind).toEqual([]);
    // The old cookie can still be read: what it says is not believed.
    expect(await cartOf(requestOf(NOBODY, old))).toBe(undefined);
    expect(await cartOf(requestOf(BOB, old))).toBe(undefined);
    expect(await cartOf(requestOf(STRANGER, old))).toBe(undefined);
    expect(await cartOf(requestOf(ALICE, old))).toEqual(['x']);
  });

  it('answers 403 to whom the application does not know, and ends the session', async () => {
    const { proxy, fill, jar } = createApplication();
    await fill(ALICE, ['x']);
    const response = await proxy(decide('mallory', 'ops'));
    expect([response.status, await response.json()]).toMatchObject([403, { code: 'user-unknown' }]);
    expect([...jar]).toEqual([]);
  });

  it('answers 503 while the database is down, and leaves the session as it is', async () => {
    const { proxy, fill, jar, database } = createApplication();
    await fill(ALICE, ['x']);
    const cookie = jar.get('session');
    database.isDown = true;
    const response = await proxy(BOB);
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { code: 'user-unavailable' },
    ]);
    expect(jar.get('session')).toBe(cookie);
  });

  it('ends nothing for nobody on an open path, and shows nothing there', async () => {
    const { proxy, fill, jar, cartOf, getUser, database } = createApplication();
    await fill(ALICE, ['x']);
    const cookie = jar.get('session');
    database.isDown = true;
    expect((await proxy(NOBODY, { isOpen: true })).status).toBe(200);
    const request = requestOf(NOBODY, jar, { isOpen: true });
    expect([await getUser(request), await cartOf(request)]).toEqual([undefined, undefined]);
    expect(jar.get('session')).toBe(cookie);
  });

  it('asks nobody for a file of the build', async () => {
    const { proxy, asked, jar } = createApplication();
    const registry = findRegistry();
    const isFile = (target: string) => Promise.resolve(target === '/_next/static/a.js');
    const before = registry?.isBuildFile;
    Object.assign(registry ?? {}, { isBuildFile: isFile });
    await proxy(ALICE, { fileTarget: '/_next/static/a.js' });
    expect([asked, [...jar]]).toEqual([[], []]);
    await proxy(ALICE, { fileTarget: '/_next/static/b.js' });
    expect(asked).toEqual(['alice']);
    Object.assign(registry ?? {}, { isBuildFile: before });
  });

  it('gives the application’s own answers the cookie as well', async () => {
    const answers = [
      () => Response.redirect('http://app.test/elsewhere', 303),
      () => NextResponse.json({ is: 'own' }, { headers: { 'set-cookie': 'theme=dark' } }),
      ({ headers }: NextRequest) => {
        const own = new Headers(headers);
        own.set('x-own', 'yes');
        return NextResponse.next({ request: { headers: own } });
      },
    ];
    const seen: unknown[] = [];
    for (const answer of answers) {
      const { followSession, jar } = createApplication();
      const request = requestOf(ALICE, jar);
      const { status, headers } = await throughProxy(followSession(answer), request, jar);
      const names = headers.getSetCookie().map((line) => line.split('=', 1)[0]);
      const own = headers.get('x-middleware-request-x-own');
      const isNew = headers.get('x-middleware-request-cookie') === `session=${jar.get('session')}`;
      seen.push([status, names, own, isNew]);
    }
    expect(seen).toEqual([
      [303, ['session'], null, false],
      [200, ['session', 'theme'], null, false],
      [200, ['session'], 'yes', true],
    ]);
  });

  it('keeps answers that set a session out of shared caches, also those of prerendered pages', async () => {
    const { proxy, followSession, jar } = createApplication();
    const seen = [await proxy(ALICE), await proxy(ALICE), await proxy(NOBODY)];
    const own = () =>
      NextResponse.json({ is: 'own' }, { headers: { 'cache-control': 'private, max-age=60' } });
    seen.push(await throughProxy(followSession(own), requestOf(BOB, jar), jar));
    expect(seen.map(({ headers }) => headers.get('cache-control'))).toEqual([
      'no-store',
      // No cookie is set: the page says what it says.
      null,
      'no-store',
      'private, max-age=60',
    ]);
  });

  it('touches nothing of a request about which nothing is known', async () => {
    const { followSession, fill, jar, getUser, cartOf, requireUser, asked } = createApplication();
    await fill(ALICE, ['x']);
    asked.length = 0;
    const request = requestOf(ALICE, jar);
    request.headers.set('x-trusted-header-id', 'guessed');
    const response = await throughProxy(followSession(), request, jar);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect([await getUser(request), await cartOf(request), asked]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    await expect(requireUser(request)).rejects.toThrow('nobody has decided');
  });
});

describe('a server component, which cannot set cookies', () => {
  it('gives bob’s user, and none of alice’s data', async () => {
    const { fill, jar, getUser, getSession } = createApplication();
    await fill(ALICE, ['secret of alice']);
    const cookie = jar.get('session');
    const [user, cart, saved] = await inNext('render', requestOf(BOB, jar), jar, async () => {
      const session = await getSession();
      const said = await session.save().catch(({ message }: Error) => message);
      return [await getUser(), session.cart, said] as const;
    });
    expect([user?.name, cart]).toEqual(['bob', undefined]);
    expect(saved).toContain('cannot be saved');
    expect(jar.get('session')).toBe(cookie);
  });

  it('reads alice’s data, and Next says why they cannot be saved', async () => {
    const { fill, jar, getSession } = createApplication();
    await fill(ALICE, ['hers']);
    const seen = await inNext('render', requestOf(ALICE, jar), jar, async () => {
      const session = await getSession();
      return [session.cart, await session.save().catch(({ message }: Error) => message)];
    });
    expect(seen).toEqual([['hers'], expect.stringContaining('Server Action or Route Handler')]);
  });

  it('ends with an error that says by its digest what is the matter', async () => {
    const { jar, getUser, requireUser, requireRole, getSession, database } = createApplication();
    database.isDown = true;
    const request = requestOf(ALICE, jar);
    const error = { name: 'UserUnavailableError', digest: 'user-unavailable' };
    await expect(getUser(request)).rejects.toMatchObject(error);
    await expect(requireUser(request)).rejects.toMatchObject(error);
    await expect(requireRole('viewer', request)).rejects.toMatchObject(error);
    await expect(getSession(request)).rejects.toMatchObject(error);
  });
});
