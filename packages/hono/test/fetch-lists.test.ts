import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, factsFromFetch } from '@trusted-header/core';
import type { Context } from 'hono';
import { trustedHeader } from '../src/fetch.js';

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

  it('takes addresses', () => {
    expect(() => trustedHeader({ trustedProxies: '10.0.0.1', facts })).not.toThrow();
  });
});
