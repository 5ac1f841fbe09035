import { expect, it } from '@jest/globals';
import { ConfigError } from '@trusted-header/core';
import { bindIdentity } from '@trusted-header/login';
import { sealData } from 'iron-session';
import { ironSession } from '../src/iron-session.js';
import type { NextCookies } from '../src/next-cookies.js';
import { untyped } from './untyped.js';

const PASSWORD = 'a password of more than 32 characters';
const OPTIONS = { password: PASSWORD, cookieName: 'session' };

function cookiesWith(values: Record<string, string>): NextCookies {
  const jar = new Map(Object.entries(values));
  return {
    get: (name) => {
      const value = jar.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name, value, { maxAge }) => (maxAge === 0 ? jar.delete(name) : jar.set(name, value)),
  };
}

it.each([
  ['nothing', ''],
  ['no seal', 'alice'],
  ['a seal of another version', 'Fe26.9*1*a*b*c**d*e'],
  ['a part of a seal', 'Fe26.2*1*aa*bb*cc*dd*ee*ff~2'],
  ['a seal with another password', () => sealData({}, { password: PASSWORD.toUpperCase() })],
  ['a text that is sealed', () => sealData('alice', { password: PASSWORD })],
  ['a list that is sealed', () => sealData(['alice'], { password: PASSWORD })],
])('takes %s for no session, and starts one', async (_what, value) => {
  const cookies = cookiesWith({ session: typeof value === 'string' ? value : await value() });
  const session = ironSession(OPTIONS);
  expect(await session.read(cookies)).toBe(undefined);
  const binding = bindIdentity({ user: 'alice' });
  await session.start(cookies, binding);
  expect(await session.read(cookies)).toEqual(binding);
});

it('reads what an old password of several has sealed, and seals with the newest', async () => {
  const [old, young] = [{ 1: PASSWORD }, { 1: PASSWORD, 2: PASSWORD.toUpperCase() }];
  const cookies = cookiesWith({});
  const binding = bindIdentity({ user: 'alice' });
  await ironSession({ ...OPTIONS, password: old }).start(cookies, binding);
  const session = ironSession({ ...OPTIONS, password: young });
  expect(await session.read(cookies)).toEqual(binding);
  await session.start(cookies, binding);
  expect(await ironSession({ ...OPTIONS, password: old }).read(cookies)).toBe(undefined);
});

it('takes a password of 32 characters', () => {
  expect(() => ironSession({ ...OPTIONS, password: 'x'.repeat(32) })).not.toThrow();
});

it('clears everything when a session starts or ends', async () => {
  const sealed = await sealData({ cart: ['x'], trustedHeader: 'old' }, { password: PASSWORD });
  const cookies = cookiesWith({ session: sealed });
  const session = ironSession<{ cart: string[] }>(OPTIONS);
  expect((await session.open(cookies)).cart).toEqual(['x']);
  await session.start(cookies, bindIdentity({ user: 'bob' }));
  expect({ ...(await session.open(cookies)) }).toEqual({
    trustedHeader: { v: 1, via: 'trusted-header', user: 'bob' },
  });
  await session.end(cookies);
  expect({ ...(await session.open(cookies)) }).toEqual({});
});

it.each([
  ['a short password', { password: 'short secret' }],
  ['no password', { password: '' }],
  ['an undefined password', { password: untyped(undefined) }],
  ['one short password of two', { password: { 1: PASSWORD, 2: 'short secret' } }],
  ['no password by number', { password: { 1: null } }],
  ['a password that is no text', { password: { 1: Array.from(PASSWORD) } }],
])('refuses %s, and does not show it', (_what, given) => {
  const make = () => ironSession({ ...OPTIONS, ...untyped(given) });
  expect(make).toThrow(ConfigError);
  expect(make).toThrow('password: … is not a password of 32 characters or more');
  expect(make).not.toThrow('short secret');
});

it('refuses what is no name of a cookie', () => {
  expect(() => ironSession({ ...OPTIONS, cookieName: 'my session' })).toThrow('my session');
  expect(() => ironSession({ ...OPTIONS, cookieName: untyped(undefined) })).toThrow(ConfigError);
});

it('needs no secrets during next build', () => {
  const before = process.env.NEXT_PHASE;
  process.env.NEXT_PHASE = 'phase-production-build';
  try {
    expect(() => ironSession({ ...OPTIONS, password: '' })).not.toThrow();
  } finally {
    if (before === undefined) delete process.env.NEXT_PHASE;
    else process.env.NEXT_PHASE = before;
  }
});
