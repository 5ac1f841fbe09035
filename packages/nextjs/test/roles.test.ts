import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { defineRoles } from '@trusted-header/login';
import type { NextRequest } from 'next/server.js';
import { registerTrustedHeader, signIn, trustedHeaderProxy } from '../src/index.js';
import { ironSession } from '../src/iron-session.js';
import { findRegistry } from '../src/registry.js';
import {
  type Asked,
  decide,
  inNext,
  type Jar,
  NextResponse,
  nextRequest,
  requestOf,
  throughProxy,
} from './decided-request.js';
import { through } from './through.js';
import { untyped } from './untyped.js';

const ALICE = decide('alice', 'ops');
const BOB = decide('bob', 'dev');
const MALLORY = decide('mallory', 'ops');
const NOBODY = decide(undefined);
const PASSWORD = 'a password of more than 32 characters';

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterAll(() => findRegistry()?.stop());

function createApplication() {
  const asked: string[] = [];
  const database = { isDown: false };
  const login = signIn({
    find({ user }) {
      asked.push(user);
      if (database.isDown) throw new Error('down');
      return user === 'mallory' ? null : { name: user };
    },
    roles: defineRoles({ admin: 'ops', viewer: '*' }),
    session: ironSession({ password: PASSWORD, cookieName: 'session' }),
    log: false,
  });
  const jar: Jar = new Map();
  return { ...login, asked, database, jar };
}

const digestOf = (asked: Promise<object>) =>
  asked.then(
    (user) => user,
    ({ digest, message }) => digest ?? message,
  );

describe('requireUser and requireRole', () => {
  it('give the user, or end with 401 for nobody and 403 for somebody else', async () => {
    const { requireUser, requireRole, jar } = createApplication();
    const of = (decision: typeof ALICE) => {
      const request = requestOf(decision, jar);
      return Promise.all([
        digestOf(requireUser(request)),
        digestOf(requireRole('viewer', request)),
        digestOf(requireRole('admin', request)),
      ]);
    };
    const nobody = 'NEXT_HTTP_ERROR_FALLBACK;401';
    const denied = 'NEXT_HTTP_ERROR_FALLBACK;403';
    const alice = { name: 'alice' };
    const bob = { name: 'bob' };
    expect(await of(ALICE)).toEqual([alice, alice, alice]);
    expect(await of(BOB)).toEqual([bob, bob, denied]);
    expect(await of(MALLORY)).toEqual([denied, denied, denied]);
    expect(await of(NOBODY)).toEqual([nobody, nobody, nobody]);
  });

  it('are typed by what find gives and by defineRoles', async () => {
    const { requireRole, getUser, jar } = createApplication();
    const request = requestOf(ALICE, jar);
    // @ts-expect-error There is no such role.
    expect(await digestOf(requireRole('amdin', request))).toContain('there is no such role');
    const user = await getUser(request);
    expect(user?.name).toBe('alice');
    // @ts-expect-error find gives no such thing.
    expect(user?.email).toBe(undefined);
  });

  it('give getUser no user whom the application does not know', async () => {
    const { getUser, jar } = createApplication();
    expect(await getUser(requestOf(MALLORY, jar))).toBe(undefined);
  });
});

describe('one request', () => {
  it('is looked up once, however many ask', async () => {
    const { getUser, requireUser, getSession, followSession, asked, jar } = createApplication();
    const request = requestOf(ALICE, jar);
    await Promise.all([getUser(request), requireUser(request), getSession(request)]);
    await getUser(request);
    expect(asked).toEqual(['alice']);
    await getUser(requestOf(ALICE, jar));
    expect(asked).toEqual(['alice', 'alice']);
    expect(typeof followSession).toBe('function');
  });

  it('is looked up by each login of its own', async () => {
    const customers = signIn({ find: ({ user }) => ({ customer: user }) });
    const staff = signIn({ find: () => null });
    const request = requestOf(ALICE, new Map());
    expect(await customers.getUser(request)).toEqual({ customer: 'alice' });
    expect(await staff.getUser(request)).toBe(undefined);
    expect(await digestOf(staff.requireUser(request))).toBe('NEXT_HTTP_ERROR_FALLBACK;403');
    expect(await customers.requireUser(request)).toEqual({ customer: 'alice' });
  });
});

describe('withUser', () => {
  const ask = async (decision: typeof ALICE, isDown = false) => {
    const { withUser, database, jar } = createApplication();
    database.isDown = isDown;
    const handlers = [
      withUser(({ name }) => Response.json({ hello: name })),
      withUser(({ name }) => Response.json({ hello: name }), 'admin'),
    ];
    const answers: unknown[] = [];
    for (const handler of handlers) {
      const request = requestOf(decision, jar);
      const answer = await inNext('action', request, jar, () => handler(request, undefined));
      const body = untyped(await answer.json());
      answers.push([answer.status, body.hello ?? body.code]);
    }
    return [...answers, jar.has('session')];
  };

  it('answers with the problem, and keeps the session in step', async () => {
    expect(await ask(ALICE)).toEqual([[200, 'alice'], [200, 'alice'], true]);
    expect(await ask(BOB)).toEqual([[200, 'bob'], [403, 'role-missing'], true]);
    expect(await ask(MALLORY)).toEqual([[403, 'user-unknown'], [403, 'user-unknown'], false]);
    const unknown = [401, 'authentication-required'];
    expect(await ask(NOBODY)).toEqual([unknown, unknown, false]);
    expect(await ask(ALICE, true)).toEqual([
      [503, 'user-unavailable'],
      [503, 'user-unavailable'],
      false,
    ]);
  });

  it('lets nobody in by a role that is given and undefined, as a misspelt key is', async () => {
    const { withUser, jar } = createApplication();
    const roles: Readonly<Record<string, 'admin'>> = {};
    const handler = withUser(() => new Response('ran'), untyped(roles.boss));
    const request = requestOf(ALICE, jar);
    const asked = inNext('action', request, jar, () => handler(request, undefined));
    await expect(asked).rejects.toThrow('there is no such role');
  });

  it('answers 503 where nobody has decided', async () => {
    const { withUser, jar } = createApplication();
    const request = requestOf(ALICE, jar);
    request.headers.delete('x-trusted-header-id');
    const handler = withUser(() => new Response('ran'));
    const log = jest.spyOn(console, 'error').mockReturnValue();
    const answer = await inNext('action', request, jar, () => handler(request, undefined));
    log.mockRestore();
    expect(answer.status).toBe(503);
  });
});

describe('signing out', () => {
  it('holds until one signs in again, and for whom has signed out', async () => {
    const { signOut, signInAgain, getUser, jar } = createApplication();
    const as = <Value>(decision: typeof ALICE, run: () => Promise<Value>) =>
      inNext('action', requestOf(decision, jar), jar, run);
    await as(ALICE, getUser);
    const seen = await as(ALICE, async () => {
      await signOut();
      return getUser();
    });
    expect([seen, [...jar.keys()]]).toEqual([undefined, ['session-hold']]);
    expect(await as(ALICE, getUser)).toBe(undefined);
    expect(await as(ALICE, signInAgain)).toEqual({ name: 'alice' });
    expect([...jar.keys()]).toEqual(['session']);
    expect(await as(ALICE, getUser)).toEqual({ name: 'alice' });
    await as(ALICE, signOut);
    expect(await as(BOB, getUser)).toEqual({ name: 'bob' });
    await expect(as(MALLORY, signInAgain)).rejects.toMatchObject({
      digest: 'NEXT_HTTP_ERROR_FALLBACK;403',
    });
  });

  it('leaves nobody signed in for the rest of the request, also without a session', async () => {
    const { signOut, getUser, requireUser } = signIn({ find: ({ user }) => ({ name: user }) });
    const jar: Jar = new Map();
    const seen = await inNext('action', requestOf(ALICE, jar), jar, async () => {
      await signOut();
      return [await getUser(), await digestOf(requireUser())];
    });
    expect(seen).toEqual([undefined, 'NEXT_HTTP_ERROR_FALLBACK;401']);
  });

  it('holds against a cookie from before', async () => {
    const { signOut, getUser, requireUser, getSession, jar } = createApplication();
    await inNext('action', requestOf(ALICE, jar), jar, getUser);
    const old = jar.get('session') ?? '';
    await inNext('action', requestOf(ALICE, jar), jar, signOut);
    jar.set('session', old);
    const request = requestOf(ALICE, jar);
    expect(await getUser(request)).toBe(undefined);
    expect(Object.keys(await getSession(request))).toEqual([]);
    expect(await digestOf(requireUser(request))).toBe('NEXT_HTTP_ERROR_FALLBACK;401');
  });

  it('throws where no cookie can be set, rather than seem to have worked', async () => {
    const { signOut, getUser, jar } = createApplication();
    await inNext('action', requestOf(ALICE, jar), jar, getUser);
    const request = requestOf(ALICE, jar);
    await expect(inNext('render', request, jar, signOut)).rejects.toThrow('Route Handler');
  });
});

describe('policies of roles', () => {
  const proxyOf = () => {
    const application = createApplication();
    const proxy = trustedHeaderProxy(
      application.followSession({
        policies: { '/admin/*': { role: 'admin' }, '/reports': { role: 'viewer' } },
      }),
    );
    const ask = (decision: typeof ALICE, path: string, more: Asked = {}) =>
      through(proxy, requestOf(decision, application.jar, { path, ...more }));
    return { ...application, ask };
  };

  it('answer 403 before anything is rendered, and 401 to nobody', async () => {
    const { ask } = proxyOf();
    expect(await ask(ALICE, '/admin/users')).toBe('on');
    expect(await ask(BOB, '/admin/users')).toBe('403');
    expect(await ask(BOB, '/other', { target: '/%61dmin/users' })).toBe('403');
    expect(await ask(BOB, '/reports')).toBe('on');
    expect(await ask(BOB, '/reports', { target: '/admin/users' })).toBe('403');
    expect(await ask(decide('eve', ''), '/other')).toBe('on');
    expect(await ask(NOBODY, '/admin/users', { isOpen: true })).toBe('401');
    expect(await ask(NOBODY, '/other', { isOpen: true })).toBe('on');
  });

  it('tell who has signed out that nobody is signed in', async () => {
    const { ask, signOut, jar } = proxyOf();
    const request = requestOf(ALICE, jar, { path: '/sign-out' });
    await inNext('action', request, jar, () => signOut());
    expect(await ask(ALICE, '/admin')).toBe('401');
    expect(await ask(ALICE, '/other')).toBe('on');
  });

  it('hold where nothing has been decided, and for where a function rewrites to', async () => {
    const { followSession } = createApplication();
    const rewriting = followSession(
      ({ nextUrl }) => NextResponse.rewrite(new URL(`/admin${nextUrl.pathname}`, nextUrl)),
      { policies: { '/admin/*': { role: 'admin' } } },
    );
    expect(await through(rewriting, requestOf(BOB, new Map(), { path: '/x' }))).toBe('403');
    expect(await through(rewriting, requestOf(ALICE, new Map(), { path: '/x' }))).toBe('on');
    const unseen = nextRequest('http://app.test/admin', {});
    expect(await through(rewriting, unseen)).toBe('503');
    expect(await through(rewriting, nextRequest('http://app.test/x', {}))).toBe('503');
  });

  it('hold where nothing has been decided, without a rewrite, but for what Next fetches itself', async () => {
    const { followSession } = createApplication();
    const ran: string[] = [];
    const plain = followSession(
      ({ nextUrl }) => {
        ran.push(nextUrl.pathname);
        return NextResponse.next();
      },
      { policies: { '/admin/*': { role: 'admin' } } },
    );
    const ask = (path: string, headers = {}) =>
      through(plain, nextRequest(`http://app.test${path}`, { headers }));
    expect([await ask('/admin'), await ask('/x')]).toEqual(['503', 'on']);
    findRegistry()?.imageFetches.set('/admin/a.png', performance.now() + 1000);
    const ofNext = { 'x-forwarded-for': '127.0.0.1' };
    expect(await ask('/admin/a.png', ofNext)).toBe('on');
    expect(await ask('/admin/b.png', ofNext)).toBe('503');
    expect(ran).toEqual(['/x', '/admin/a.png']);
    findRegistry()?.imageFetches.clear();
  });

  it('make an answer somebody’s, which shared caches must not keep', async () => {
    const { followSession, jar } = createApplication();
    const handler = ({ nextUrl }: NextRequest) =>
      nextUrl.pathname.endsWith('/moved')
        ? NextResponse.rewrite(new URL('/admin', nextUrl))
        : NextResponse.next();
    const options = { policies: { '/admin/*': { role: 'admin' } } } as const;
    const proxy = trustedHeaderProxy(followSession(handler, options), { anonymous: 'allow' });
    const isForAll = async (path: string) => {
      const request = requestOf(ALICE, jar, { path });
      expect(await through(proxy, request)).toBe('on');
      const id = request.headers.get('x-trusted-header-id') ?? '';
      return Reflect.get(findRegistry()?.decisions.get(id) ?? {}, 'isForAll');
    };
    expect(await isForAll('/x')).toBe(true);
    for (const path of ['/admin', '/moved', '/admin/moved'])
      expect(await isForAll(path)).toBe(false);
  });

  it('leave the application’s own answer as it is, where no cookie changes', async () => {
    const { followSession, jar } = createApplication();
    const follow = followSession({ policies: { '/admin/*': { role: 'admin' } } });
    const proxy = trustedHeaderProxy(follow, {
      onRefusal: () => new Response('no', { status: 403 }),
    });
    const ask = () => throughProxy(proxy, requestOf(BOB, jar, { path: '/admin' }), jar);
    const answers = [await ask(), await ask()];
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(['no-store', null]);
  });

  it('are typed by defineRoles', () => {
    const { followSession } = createApplication();
    // @ts-expect-error There is no such role.
    expect(() => followSession({ policies: { '/admin/*': { role: 'amdin' } } })).toThrow();
  });
});
