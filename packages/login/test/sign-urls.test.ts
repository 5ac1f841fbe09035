import { describe, expect, it } from '@jest/globals';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import fc from 'fast-check';
import { prefersNavigation, signInUrl, signOutUrl } from '../src/index.js';
import { untyped } from './untyped.js';

const origin = 'https://app.example.com';
const portal = 'https://auth.example.com';
const BACK = 'https%3A%2F%2Fapp.example.com%2Fnotes';

/** Each product's pages for `/notes`, with the portal's address where it has one. */
const PAGES: readonly (readonly [
  id: string,
  signIn: string | undefined,
  signOut: string | undefined,
])[] = [
  ['authelia', `${portal}/?rd=${BACK}`, `${portal}/logout?rd=${BACK}`],
  [
    'authentik',
    `${origin}/outpost.goauthentik.io/start?rd=${BACK}`,
    `${origin}/outpost.goauthentik.io/sign_out`,
  ],
  [
    'azure-easy-auth',
    `${origin}/.auth/login/aad?post_login_redirect_uri=${BACK}`,
    `${origin}/.auth/logout?post_logout_redirect_uri=${BACK}`,
  ],
  ['caddy-security', `${portal}/login?redirect_url=${BACK}`, `${portal}/logout`],
  ['cloudflare-access', undefined, `${origin}/cdn-cgi/access/logout`],
  ['gatekeeper', undefined, `${origin}/oauth/logout?redirect=${BACK}`],
  ['kubernetes', undefined, undefined],
  ['linkerd', undefined, undefined],
  ['oauth2-proxy', `${origin}/oauth2/start?rd=${BACK}`, `${origin}/oauth2/sign_out?rd=${BACK}`],
  [
    'oauth2-proxy-auth-request',
    `${origin}/oauth2/start?rd=${BACK}`,
    `${origin}/oauth2/sign_out?rd=${BACK}`,
  ],
  ['pomerium', undefined, `${origin}/.pomerium/sign_out?pomerium_redirect_uri=${BACK}`],
  ['sandstorm', undefined, undefined],
  ['shibboleth', undefined, undefined],
  ['siteminder', undefined, undefined],
  ['tailscale', undefined, undefined],
  ['tinyauth', `${portal}/login?redirect_uri=${BACK}`, `${portal}/logout`],
  ['aws-alb', undefined, undefined],
  ['google-iap', undefined, undefined],
  ['mod-auth-openidc', undefined, undefined],
  ['yunohost', undefined, undefined],
  ['vouch', `${portal}/login?url=${BACK}`, `${portal}/logout?url=${BACK}`],
];

const OWN = ['authelia', 'caddy-security', 'tinyauth', 'vouch'];

describe('the pages of a product', () => {
  it.each(PAGES)('of %s are %s and %s', (id, signIn, signOut) => {
    const options = { ...(OWN.includes(id) ? { portal } : {}), origin, returnTo: '/notes' };
    expect(signInUrl(untyped(id), options)).toBe(signIn);
    expect(signOutUrl(untyped(id), options)).toBe(signOut);
    // A profile of core is as good as its id.
    expect(signOutUrl({ id }, options)).toBe(signOut);
  });

  it('are known, or known not to be there, for each profile of core', () => {
    const ids = Object.values(KNOWN_PROFILES).map(({ id }) => id);
    expect(PAGES.map(([id]) => id).sort()).toEqual(ids.sort());
  });

  it('are none for a profile that the application has written itself', () => {
    for (const id of ['own', '__proto__', 'constructor', 'toString', '']) {
      expect(signInUrl({ id }, { portal, origin })).toBeUndefined();
      expect(signOutUrl({ id }, { portal, origin })).toBeUndefined();
    }
  });

  it('may be elsewhere, where a product is not in front of the application', () => {
    const there = { portal: `${portal}/auth/`, origin, returnTo: '/notes' };
    expect(signOutUrl('oauth2-proxy', there)).toBe(`${portal}/auth/oauth2/sign_out?rd=${BACK}`);
    expect(signInUrl('authelia', there)).toBe(`${portal}/auth/?rd=${BACK}`);
  });

  it('lead back to the beginning, where the wish is none that can be followed', () => {
    const start = `${portal}/?rd=https%3A%2F%2Fapp.example.com%2F`;
    for (const returnTo of [undefined, 'https://evil.example/', '//evil.example', ['/a'], 7]) {
      expect(signInUrl('authelia', { portal, origin, returnTo })).toBe(start);
    }
  });

  it('hold what the way back holds, and one parameter', () => {
    const returnTo = '/notes?a=1&b=%26rd=x#top';
    const url = new URL(signInUrl('authelia', { portal, origin, returnTo }) ?? '');
    expect([...url.searchParams]).toEqual([['rd', `${origin}${returnTo}`]]);
    expect(url.hash).toBe('');
  });

  it.each([
    [{ origin }, 'portal'],
    [{ origin, portal: '' }, 'portal'],
    [{ origin, portal: 'auth.example.com' }, 'portal'],
    [{ origin, portal: 'javascript:alert(1)' }, 'portal'],
    [{ origin, portal: 'https://auth.example.com/?rd=' }, 'portal'],
    [{ origin, portal: 'https://auth.example.com/#' }, 'portal'],
    [{ origin, portal: 'https://u:p@auth.example.com' }, 'portal'],
    [{ origin, portal: 'https://auth.example.com//x' }, 'portal'],
    [{ portal }, 'origin'],
    [{ portal, origin: `${origin}/` }, 'origin'],
    [{ portal, origin: 'app.example.com' }, 'origin'],
  ])('are asked for with an address that is one: not %j', (options, option) => {
    expect(() => signInUrl('authelia', untyped(options))).toThrow(
      expect.objectContaining({
        code: 'option-invalid',
        issues: [expect.objectContaining({ option })],
      }),
    );
  });

  it('are at the portal, whatever the wish', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PAGES), fc.string({ unit: 'binary' }), ([id], returnTo) => {
        for (const urlOf of [signInUrl, signOutUrl]) {
          const url = urlOf(untyped(id), { portal, origin, returnTo: `/${returnTo}` });
          if (url === undefined) continue;
          expect(new URL(url).origin).toBe(portal);
          for (const back of new URL(url).searchParams.values()) {
            expect(new URL(back).origin).toBe(origin);
          }
        }
      }),
    );
  });
});

describe('a person who goes to a page', () => {
  const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  it.each([
    ['GET', 'navigate', HTML, true, 'a link'],
    ['HEAD', 'navigate', HTML, true, 'the same, without a body'],
    ['GET', undefined, HTML, true, 'a browser that sends no Sec-Fetch-Mode, or plain http'],
    ['POST', 'navigate', HTML, false, 'a form: its content would be lost'],
    ['GET', 'cors', HTML, false, 'fetch() that asks for HTML'],
    ['GET', 'no-cors', '*/*', false, 'an image'],
    ['GET', 'websocket', undefined, false, 'a WebSocket'],
    ['GET', undefined, '*/*', false, 'curl'],
    ['GET', undefined, 'application/json', false, 'a program'],
    ['GET', undefined, undefined, false, 'a program'],
    ['GET', '', HTML, false, 'a header that says nothing'],
    [undefined, 'navigate', HTML, false, 'nobody knows'],
    ['get', 'navigate', HTML, false, 'methods are written in capitals'],
  ])('%s %s %s: %s, %s', (method, secFetchMode, accept, expected, _why) => {
    expect(prefersNavigation({ method, secFetchMode, accept })).toBe(expected);
  });
});
