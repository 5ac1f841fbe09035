import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { defineRoles } from '@trusted-header/login';
import type { NextMiddleware } from 'next/server.js';
import { registerTrustedHeader, signIn, trustedHeaderProxy } from '../src/index.js';
import { ironSession } from '../src/iron-session.js';
import { findRegistry } from '../src/registry.js';
import { type Asked, decide, eventOf, NextResponse, requestOf } from './decided-request.js';

const ALICE = decide('alice', 'admins');
const BOB = decide('bob', 'dev');
const NOBODY = decide(undefined);
const ADMINS = { groups: { anyOf: ['admins'] } };

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterEach(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterAll(() => findRegistry()?.stop());

/** Whether Next gets to know where a request comes from; or the status of its refusal. */
async function handedOn(proxy: NextMiddleware, decision: typeof BOB, asked: Asked) {
  const request = requestOf(decision, new Map(), asked);
  const response = await proxy(request, eventOf(request));
  const headers = response?.headers;
  if (headers && !headers.has('x-middleware-next') && !headers.has('x-middleware-rewrite')) {
    return response.status;
  }
  // Of those that are listed, Next takes what is not in the list away.
  const kept = headers?.get('x-middleware-override-headers')?.split(',');
  return kept === undefined || kept.includes('next-url') ? 'kept' : 'hidden';
}

describe('the page that a request says it comes from', () => {
  const proxy = trustedHeaderProxy({
    policies: { '/admin/*': ADMINS, '/admin/help/*': { groups: { anyOf: ['dev', 'admins'] } } },
  });

  // Next answers by /admin/(..)live there, whatever the path is.
  it.each([
    '/admin',
    '/admin/users/7',
    '/admin/',
    '/ADMIN',
    '/admin?x',
    '/admin/help',
    '/admin/help/more',
  ])('is hidden from it where that is not for the user: %s', async (cameFrom) => {
    expect(await handedOn(proxy, BOB, { path: '/live', cameFrom })).toBe('hidden');
    expect(await handedOn(proxy, ALICE, { path: '/live', cameFrom })).toBe('kept');
  });

  it.each(['/', '/live', '/feed/admin', '/administration', ''])(
    'is no matter where it is for everybody who is signed in: %j',
    async (cameFrom) => {
      expect(await handedOn(proxy, BOB, { path: '/live', cameFrom })).toBe('kept');
    },
  );

  it('is looked at as it is, as Next does, however long it is', async () => {
    const long = `/${'%2f(.)%2f'.repeat(1_700)}${'/b'.repeat(31)}`;
    expect(await handedOn(proxy, BOB, { path: '/live', cameFrom: long })).toBe('kept');
    const below = `/admin${long}`;
    expect(await handedOn(proxy, BOB, { path: '/live', cameFrom: below })).toBe('hidden');
    expect(await handedOn(proxy, ALICE, { path: '/live', cameFrom: below })).toBe('kept');
  });

  it('asks what an intercepting route asks for that a policy names', async () => {
    const named = trustedHeaderProxy({ policies: { '/feed/(..)live/*': ADMINS } });
    const from = (cameFrom: string) => handedOn(named, BOB, { path: '/live', cameFrom });
    expect(await from('/feed')).toBe('hidden');
    expect(await from('/feed/deep')).toBe('hidden');
    expect(await from('/other')).toBe('kept');
    const top = trustedHeaderProxy({ policies: { '/(.)live': ADMINS } });
    expect(await handedOn(top, BOB, { path: '/live', cameFrom: '/other' })).toBe('hidden');
  });

  it('is hidden beside what the application has changed, and where it rewrites to', async () => {
    const rewriting = trustedHeaderProxy(
      (request) =>
        NextResponse.rewrite(new URL('/other', request.url), {
          request: { headers: new Headers([...request.headers, ['x-own', '1']]) },
        }),
      { policies: { '/admin/*': ADMINS } },
    );
    const asked = { path: '/live', cameFrom: '/admin' };
    expect(await handedOn(rewriting, BOB, asked)).toBe('hidden');
    expect(await handedOn(rewriting, ALICE, asked)).toBe('kept');
  });

  it('tells no observer of a denial, since nothing is denied', async () => {
    const heard: string[] = [];
    registerTrustedHeader({
      trustedProxies: '127.0.0.1',
      log: (line) => void heard.push(line),
    });
    await handedOn(proxy, BOB, { path: '/live', cameFrom: '/admin' });
    expect(heard.filter((line) => line.includes('denied'))).toEqual([]);
  });

  it('is for nobody only where every page is', async () => {
    const asked = { path: '/live', cameFrom: '/feed' };
    const open = { ...asked, isOpen: true };
    expect(await handedOn(trustedHeaderProxy(), NOBODY, asked)).toBe(401);
    expect(await handedOn(trustedHeaderProxy(), NOBODY, open)).toBe('hidden');
    const some = trustedHeaderProxy({ anonymous: () => 'allow' });
    expect(await handedOn(some, NOBODY, asked)).toBe('hidden');
    expect(await handedOn(trustedHeaderProxy({ anonymous: 'allow' }), NOBODY, asked)).toBe('kept');
    const all = trustedHeaderProxy({ anonymous: 'allow', policies: { '/admin/*': ADMINS } });
    expect(await handedOn(all, NOBODY, asked)).toBe('kept');
    expect(await handedOn(all, NOBODY, { ...asked, cameFrom: '/admin' })).toBe('hidden');
    registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false, anonymous: 'allow' });
    expect(await handedOn(trustedHeaderProxy(), NOBODY, open)).toBe('kept');
  });

  it('is hidden by roles as well', async () => {
    const { followSession } = signIn({
      find: ({ user }) => ({ name: user }),
      roles: defineRoles({ admin: 'admins', viewer: '*' }),
      session: ironSession({
        password: 'a password of more than 32 characters',
        cookieName: 'session',
      }),
      log: false,
    });
    const following = trustedHeaderProxy(
      followSession({ policies: { '/admin/*': { role: 'admin' } } }),
    );
    const asked = { path: '/live', cameFrom: '/admin/users' };
    expect(await handedOn(following, BOB, asked)).toBe('hidden');
    expect(await handedOn(following, ALICE, asked)).toBe('kept');
    expect(await handedOn(following, BOB, { ...asked, cameFrom: '/live' })).toBe('kept');
  });
});

describe('an intercepting route, by its own name', () => {
  it.each(['/feed/(..)whoami', '/feed/%28..%29whoami', '/feed/(.)x', '/(...)whoami'])(
    'is not open where the path is: %s',
    async (path) => {
      const proxy = trustedHeaderProxy();
      expect(await handedOn(proxy, NOBODY, { path, isOpen: true })).toBe(401);
      expect(await handedOn(proxy, BOB, { path, isOpen: true })).toBe('kept');
      const anonymous = trustedHeaderProxy({ anonymous: () => 'allow' });
      expect(await handedOn(anonymous, NOBODY, { path })).toBe(401);
    },
  );

  it.each(['/feed/photo', '/feed/(a)/photo', '/feed/100%25'])('is not %s', async (path) => {
    expect(await handedOn(trustedHeaderProxy(), NOBODY, { path, isOpen: true })).toBe('kept');
  });
});
