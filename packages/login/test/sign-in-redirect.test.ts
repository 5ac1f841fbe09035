import { describe, expect, it } from '@jest/globals';
import {
  ConfigError,
  type Decision,
  resolveAdapterOptions,
  type SignInPage,
} from '@trusted-header/core';
import { signInRedirect } from '../src/index.js';
import { untyped } from './untyped.js';

/** What an adapter makes of its options. */
function redirectFor(signIn: SignInPage, profile: 'authelia' | 'oauth2-proxy' = 'authelia') {
  const options = { trustedProxies: '10.0.0.7', profile, signIn };
  const redirect = signInRedirect(resolveAdapterOptions(options));
  return (decision: Decision, shape: ReturnType<typeof shapeOf>, kind = decision.kind) =>
    redirect?.(untyped({ kind }), decision, shape);
}

const portal = 'https://auth.example.com';
const origin = 'https://app.example.com';
const NOBODY: Decision = { kind: 'anonymous', trusted: true };
const BY_NAVIGATION = ['Sec-Fetch-Mode', 'navigate'];
const FORWARDED = ['X-Forwarded-Proto', 'https', 'X-Forwarded-Host', 'app.example.com'];

const shapeOf = (rawHeaders: readonly string[], target = '/notes?page=2', method = 'GET') => ({
  method,
  target,
  rawHeaders,
});
const toNotes = {
  kind: 'redirect',
  url: 'https://auth.example.com/?rd=https%3A%2F%2Fapp.example.com%2Fnotes%3Fpage%3D2',
};
const linkTo = (url: string) => ({ kind: 'link', url, nobody: NOBODY });
const toStart = 'https://auth.example.com/?rd=https%3A%2F%2Fapp.example.com%2F';

describe('a 401', () => {
  const redirect = redirectFor({ portal, origin });

  it.each([
    ['whom a browser sends', shapeOf(BY_NAVIGATION), toNotes],
    ['who prefers HTML', shapeOf(['Accept', 'text/html, */*;q=0.8']), toNotes],
    [
      'who fetches',
      shapeOf(['Sec-Fetch-Mode', 'cors', 'Accept', 'text/html']),
      linkTo(toNotes.url),
    ],
    ['who says nothing', shapeOf([]), linkTo(toNotes.url)],
    ['who posts', shapeOf(BY_NAVIGATION, '/notes', 'POST'), linkTo(toStart)],
    [
      'who would come back to a way back',
      shapeOf(BY_NAVIGATION, '/?rd=https://evil.example'),
      { kind: 'redirect', url: toStart },
    ],
    [
      'who would come back to another site',
      shapeOf(BY_NAVIGATION, '//evil.example/'),
      { kind: 'redirect', url: toStart },
    ],
  ])('for somebody %s', (_, shape, way) => {
    expect(redirect(NOBODY, shape)).toEqual(way);
  });

  it('stays another answer where the user is unknown, though the proxy names nobody', () => {
    expect(redirect(NOBODY, shapeOf(BY_NAVIGATION), untyped('denied'))).toBeUndefined();
  });

  it('stays one for whoever is named, and for a claim that is not believed', () => {
    const shape = shapeOf(BY_NAVIGATION);
    const source = { kind: 'address', address: '10.0.0.7' } as const;
    expect(redirect({ kind: 'authenticated', identity: { user: 'a' }, source }, shape)).toBe(
      undefined,
    );
    expect(redirect({ kind: 'refused', reason: 'peer-untrusted' }, shape)).toBeUndefined();
  });
});

describe('without an origin', () => {
  const redirect = redirectFor({ portal });

  it('comes back to where the proxy says that it is', () => {
    expect(redirect(NOBODY, shapeOf([...BY_NAVIGATION, ...FORWARDED]))).toEqual(toNotes);
  });

  it.each([
    ['past the proxy', { kind: 'anonymous', trusted: false } as const, FORWARDED],
    ['without forwarded headers', NOBODY, ['Host', 'app.example.com']],
    ['with two hosts', NOBODY, [...FORWARDED, 'X-Forwarded-Host', 'evil.example']],
    ['with a list', NOBODY, ['X-Forwarded-Proto', 'https', 'X-Forwarded-Host', 'a.example, b']],
    ['with a path', NOBODY, ['X-Forwarded-Proto', 'https', 'X-Forwarded-Host', 'a.example/b']],
    ['with another scheme', NOBODY, ['X-Forwarded-Proto', 'ws', 'X-Forwarded-Host', 'a.example']],
  ])('answers 401 %s', (_, decision, headers) => {
    expect(redirect(decision, shapeOf([...BY_NAVIGATION, ...headers]))).toBeUndefined();
  });
});

describe('options', () => {
  it('name another product', () => {
    const redirect = redirectFor({ profile: 'oauth2-proxy', origin });
    expect(redirect(NOBODY, shapeOf(BY_NAVIGATION, '/'))?.url).toBe(
      'https://app.example.com/oauth2/start?rd=https%3A%2F%2Fapp.example.com%2F',
    );
  });

  it('take the product from the profile', () => {
    expect(redirectFor({ origin }, 'oauth2-proxy')(NOBODY, shapeOf(BY_NAVIGATION, '/'))?.url).toBe(
      'https://app.example.com/oauth2/start?rd=https%3A%2F%2Fapp.example.com%2F',
    );
  });

  it('say at start what is missing or wrong', () => {
    expect(() => redirectFor({ origin })).toThrow(ConfigError);
    expect(() => redirectFor({ portal, origin: 'app.example.com' })).toThrow('origin');
    expect(() => redirectFor({ portal: 'auth' })).toThrow('portal');
    expect(() => redirectFor(untyped({ portal, orgin: origin }))).toThrow('signIn.orgin');
    expect(() => redirectFor(untyped(portal))).toThrow('signIn');
    expect(() => redirectFor({ profile: 'tailscale', origin })).toThrow('no sign-in page');
    const both = { trustedProxies: '10.0.0.7', signIn: { portal }, onRefusal: () => undefined };
    expect(() => resolveAdapterOptions(untyped(both))).toThrow('beside onRefusal');
  });
});
