import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, factsFromFetch } from '@trusted-header/core';
import { type Context, Hono } from 'hono';
import { trustedHeader } from '../src/fetch.js';
import { provingLater } from './proving-later.js';

const facts = (c: Context) => factsFromFetch(c.req.raw.headers, '10.0.0.1');

describe('a runtime without Node’s modules', () => {
  it('refuses, at start, a list that nobody would look up (L1)', () => {
    const message =
      'trustedProxies: ["dns:traefik","file:/run/list"] can be looked up on Node, Bun and Deno only; write addresses, or read the list as your platform can, and call setTrustedProxies of an authenticator that you make';
    const trustedProxies = 'dns:traefik, file:/run/list, 10.0.0.1';
    expect(() => trustedHeader({ trustedProxies, facts })).toThrow(message);
    const authenticator = createAuthenticator({ trustedProxies, log: false });
    expect(() => trustedHeader({ authenticator, facts })).toThrow(message);
  });

  it('opens the paths that it is told to, as the URL has them', async () => {
    const app = new Hono()
      .use(trustedHeader({ trustedProxies: '10.0.0.1', facts, open: ['/public/*'], log: false }))
      .all('*', (c) => c.text('open'));
    const statusOf = async (url: string) => (await app.request(url)).status;
    expect(await statusOf('http://app.test/public/a?b')).toBe(200);
    expect(await statusOf('https://app.test:8443/public/a')).toBe(200);
    expect(await statusOf('http://app.test/notes')).toBe(401);
    expect(await statusOf('http://app.test/notes?x=http://app.test/public/a')).toBe(401);
  });

  it('waits for a proof', async () => {
    const authenticator = provingLater('10.0.0.1');
    const app = new Hono()
      .use(trustedHeader({ authenticator, facts }))
      .get('/', (c) => c.text(`${c.var.identity?.user}`));
    expect(await (await app.request('/', { headers: { 'X-Proof': 'alice' } })).text()).toBe(
      'alice',
    );
  });

  it('names its own options where one is misspelt', () => {
    const misspelt = { trustedProxies: '10.0.0.1', facts, anonymus: 'allow' };
    expect(() => Reflect.apply(trustedHeader, undefined, [misspelt])).toThrow(', signIn, facts');
  });

  it('takes addresses', () => {
    expect(() => trustedHeader({ trustedProxies: '10.0.0.1', facts })).not.toThrow();
  });
});
