import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anyUser } from '@trusted-header/core';
import type { NextMiddleware } from 'next/server.js';
import { registerTrustedHeader, trustedHeaderProxy } from '../src/index.js';
import { findRegistry } from '../src/registry.js';
import {
  type Asked,
  decide,
  eventOf,
  NextResponse,
  nextRequest,
  requestOf,
} from './decided-request.js';
import { through } from './through.js';

const ALICE = decide('alice', 'admins');
const BOB = decide('bob', 'dev');
const NOBODY = decide(undefined);
const ADMINS = { groups: { anyOf: ['admins'] } };

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterAll(() => findRegistry()?.stop());

/** What becomes of a request: the status, or that it goes on. */
function of(proxy: NextMiddleware, decision: typeof ALICE, asked: Asked | string) {
  return through(
    proxy,
    requestOf(decision, new Map(), typeof asked === 'string' ? { path: asked } : asked),
  );
}

describe('policies per path', () => {
  const proxy = trustedHeaderProxy({
    policies: {
      '/admin/*': ADMINS,
      '/admin/help': anyUser,
      '/admin/payroll/*': { users: ['carol'] },
      '/reports': ADMINS,
    },
  });

  it.each([
    ['/admin', '403'],
    ['/admin/', '403'],
    ['/admin/users', '403'],
    ['/admin/help', 'on'],
    ['/admin/help/more', '403'],
    ['/reports', '403'],
    ['/reports/', '403'],
    ['/reports/2026', 'on'],
    ['/administration', 'on'],
    ['/', 'on'],
  ])('answer bob at %s: %s', async (path, expected) => {
    expect(await of(proxy, BOB, path)).toBe(expected);
  });

  it('let pass whom they admit, and ask for the most exact path only', async () => {
    expect(await of(proxy, ALICE, '/admin/users')).toBe('on');
    expect(await of(proxy, ALICE, '/admin/payroll')).toBe('403');
    expect(await of(proxy, ALICE, '/admin/payroll/2026')).toBe('403');
    expect(await of(proxy, decide('carol', ''), '/admin/payroll/2026')).toBe('on');
    expect(await of(proxy, decide('carol', ''), '/admin/users')).toBe('403');
  });

  it('give programs the problem, and browsers a page', async () => {
    const request = requestOf(BOB, new Map(), { path: '/admin' });
    const response = await proxy(request, eventOf(request));
    expect([response?.status, await response?.json()]).toEqual([
      403,
      { type: 'about:blank', title: 'Forbidden', status: 403, code: 'group-missing' },
    ]);
    const browser = requestOf(BOB, new Map(), { path: '/admin' });
    browser.headers.set('accept', 'text/html');
    const page = await proxy(browser, eventOf(browser));
    expect([page?.status, page?.headers.get('content-type')]).toEqual([
      403,
      'text/html; charset=utf-8',
    ]);
  });

  it('hold for every method, as server actions are posts to their page', async () => {
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect(await of(proxy, BOB, { path: '/admin', method })).toBe('403');
    }
  });

  it('let nobody pass, whatever is open', async () => {
    const open = trustedHeaderProxy({ anonymous: 'allow', policies: { '/admin/*': ADMINS } });
    expect(await of(open, NOBODY, '/admin')).toBe('401');
    expect(await of(open, NOBODY, '/other')).toBe('on');
    expect(await of(open, NOBODY, { path: '/admin', isOpen: true })).toBe('401');
    const users = trustedHeaderProxy({ anonymous: 'allow', policies: { '/me': anyUser } });
    expect(await of(users, NOBODY, '/me')).toBe('401');
    expect(await of(users, BOB, '/me')).toBe('on');
  });

  it('hold where nothing has been decided', async () => {
    const policies = { '/admin/*': ADMINS, '/': ADMINS };
    const open = trustedHeaderProxy({ anonymous: 'allow', policies });
    expect(await through(open, nextRequest('http://app.test/admin', {}))).toBe('503');
    expect(await through(open, nextRequest('http://app.test/other', {}))).toBe('on');
  });

  it('ask nothing where there are none', async () => {
    expect(await of(trustedHeaderProxy({ policies: {} }), BOB, '/admin')).toBe('on');
  });

  it('hold for all paths', async () => {
    const staff = trustedHeaderProxy({ policies: { '/*': { groups: { anyOf: ['staff'] } } } });
    expect(await of(staff, BOB, '/')).toBe('403');
    expect(await of(staff, BOB, '/x/y')).toBe('403');
    expect(await of(staff, decide('eve', 'staff'), '/x')).toBe('on');
  });

  it('hold for where the application’s own function rewrites to', async () => {
    const rewriting = trustedHeaderProxy(
      ({ nextUrl }) => NextResponse.rewrite(new URL(`/admin${nextUrl.pathname}`, nextUrl)),
      { anonymous: 'allow', policies: { '/admin/*': ADMINS } },
    );
    expect(await of(rewriting, BOB, '/x')).toBe('403');
    const request = requestOf(ALICE, new Map(), { path: '/x' });
    expect(await through(rewriting, request)).toBe('on');
    // Shared caches must not keep it, whatever the first path is.
    const id = request.headers.get('x-trusted-header-id') ?? '';
    expect(findRegistry()?.decisions.get(id)).toMatchObject({ isForAll: false });
    const outside = trustedHeaderProxy(() => NextResponse.rewrite('http://other.test/admin'), {
      policies: { '/admin/*': ADMINS },
    });
    expect(await of(outside, BOB, '/x')).toBe('on');
  });

  it('run no function of the application’s before', async () => {
    let runs = 0;
    const counting = trustedHeaderProxy(() => void runs++, { policies: { '/admin/*': ADMINS } });
    await of(counting, BOB, '/admin');
    expect(runs).toBe(0);
  });

  it('are answered by onRefusal', async () => {
    const answering = trustedHeaderProxy({
      policies: { '/admin/*': ADMINS },
      onRefusal: ({ status, code }) => new Response(code, { status }),
    });
    const request = requestOf(BOB, new Map(), { path: '/admin' });
    const response = await answering(request, eventOf(request));
    expect([response?.status, await response?.text()]).toEqual([403, 'group-missing']);
  });

  it('takes no other server for this one where a function has changed the request’s own URL', async () => {
    const away = trustedHeaderProxy(({ nextUrl }) => {
      nextUrl.host = 'upstream.test';
      return NextResponse.rewrite(nextUrl);
    });
    const request = requestOf(ALICE, new Map(), { path: '/x' });
    const response = await away(request, eventOf(request));
    expect(response?.headers.get('x-middleware-rewrite')).toBe('http://upstream.test/x');
    expect(response?.headers.get('x-middleware-override-headers')).toBe('');
  });
});
