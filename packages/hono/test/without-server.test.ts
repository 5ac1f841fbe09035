import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, factsFromFetch, type RequestFacts } from '@trusted-header/core';
import { nameTestSource } from '@trusted-header/node';
import { Hono } from 'hono';
import { type TrustedHeaderOptions, trustedHeader } from '../src/index.js';
import { provingLater } from './proving-later.js';

const PROXY = '172.20.0.2';
const FROM_PROXY = nameTestSource({ peer: PROXY });

/** An application as in production, called without a server. */
function appWith(options: Partial<TrustedHeaderOptions> = {}) {
  const lines: string[] = [];
  const app = new Hono()
    .use(trustedHeader({ trustedProxies: PROXY, log: (line) => lines.push(line), ...options }))
    .get('/', (c) => c.json({ user: c.var.identity?.user, seen: [...c.req.raw.headers].flat() }));
  const call = async (...headers: (readonly [string, string])[]) => {
    const answer = await app.request('/', { headers: Object.fromEntries(headers) });
    return answer.json();
  };
  return { call, lines };
}

describe('app.request(), in a test', () => {
  it('believes the proxy that the test names, and shows nobody how', async () => {
    const { call } = appWith();
    expect(await call(['Remote-User', 'jÃ¼rgen'], ['Accept', 'a/b'], FROM_PROXY)).toEqual({
      user: 'jürgen',
      seen: ['accept', 'a/b'],
    });
  });

  it('does so before `facts`, which knows no connection there', async () => {
    const facts = (): RequestFacts => {
      throw new Error('no connection');
    };
    const { call } = appWith({ facts });
    expect(await call(['Remote-User', 'alice'], FROM_PROXY)).toMatchObject({ user: 'alice' });
  });

  it('counts lines where the application does: one with a comma is one', async () => {
    const profile = { id: 'dn', user: { header: 'X-User', comma: true } };
    const { call } = appWith({ profile });
    expect(await call(['X-User', 'Doe, Jane'], FROM_PROXY)).toMatchObject({ user: 'Doe, Jane' });
    const joined = appWith({
      profile,
      facts: (c) => factsFromFetch(c.req.raw.headers, undefined),
    });
    expect(await joined.call(['X-User', 'Doe, Jane'], FROM_PROXY)).toMatchObject({
      code: 'header-repeated',
    });
  });

  it('refuses a proxy that is not the application’s, and says what to write', async () => {
    const { call, lines } = appWith();
    expect(
      await call(['Remote-User', 'alice'], nameTestSource({ peer: '172.20.0.9' })),
    ).toMatchObject({ status: 403, code: 'peer-untrusted' });
    expect(lines).toEqual([
      'trusted-header: asUser of a test names 172.20.0.9 as the proxy, which is not in trustedProxies; give it one that is, asUser(…, { peer }), or the application the address',
    ]);
  });

  it('refuses what no test has named, and says how to', async () => {
    const { call, lines } = appWith();
    expect(
      await call(['Remote-User', 'alice'], ['x-trusted-header-test', 'guessed']),
    ).toMatchObject({ status: 403, code: 'peer-unknown' });
    expect(lines).toEqual([
      'trusted-header: identity headers came over a connection without a source address; in a test that calls the application without a server, name the user by asUser of @trusted-header/testing; elsewhere the client has hung up, or this runtime hides the address',
    ]);
  });

  it('waits for a proof where `facts` tell the address', async () => {
    const authenticator = provingLater(PROXY);
    const app = new Hono()
      .use(trustedHeader({ authenticator, facts: (c) => factsFromFetch(c.req.raw.headers, PROXY) }))
      .get('/', (c) => c.text(c.var.identity?.user ?? ''));
    expect(await (await app.request('/', { headers: { 'X-Proof': 'alice' } })).text()).toBe(
      'alice',
    );
  });

  it('takes a ready authenticator as well', async () => {
    const authenticator = createAuthenticator({ trustedProxies: PROXY, log: false });
    const app = new Hono()
      .use(trustedHeader(authenticator))
      .get('/', (c) => c.text(c.var.identity?.user ?? ''));
    const headers = Object.fromEntries([['Remote-User', 'alice'], FROM_PROXY]);
    expect(await (await app.request('/', { headers })).text()).toBe('alice');
  });
});
