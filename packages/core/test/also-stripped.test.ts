import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, type HeaderProfile } from '../src/index.js';
import * as profiles from '../src/profiles/index.js';

type ProfileConstant = Exclude<
  keyof typeof profiles,
  'KNOWN_PROFILES' | 'PROFILE_FACTS' | 'defineProfile'
>;

/** Products that send more than the claim, and what of it; each name as a client would forge it. */
const HIDDEN: readonly (readonly [ProfileConstant, readonly string[]])[] = [
  [
    'authentik',
    ['X-authentik-jwt', 'x-authentik-entitlements', 'X_authentik_jwt', 'X-authentik-meta-jwks'],
  ],
  ['azureEasyAuth', ['X-MS-CLIENT-PRINCIPAL', 'X-MS-TOKEN-AAD-ID-TOKEN', 'x.ms.client.principal']],
  ['pomerium', ['X-Pomerium-Jwt-Assertion']],
  ['oauth2Proxy', ['X-Forwarded-Access-Token']],
  ['oauth2ProxyAuthRequest', ['X-Auth-Request-Access-Token', 'x_auth_request_access_token']],
  ['gatekeeper', ['X-Auth-Token', 'X-Auth-Userid']],
  ['vouch', ['X-Vouch-IdP-AccessToken', 'X-Vouch-IdP-Claims-Groups', 'X-Vouch-Success']],
  ['tailscale', ['Tailscale-App-Capabilities']],
  ['kubernetes', ['X-Remote-Extra-Scopes', 'X-Remote-Uid']],
  ['sandstorm', ['X-Sandstorm-Tab-Id']],
  ['awsAlb', ['X-Amzn-Oidc-Data', 'x_amzn_oidc_accesstoken']],
  ['cloudflareAccess', ['Cf-Access-Jwt-Assertion', 'CF-Access-Client-Secret']],
  ['googleIap', ['X-Goog-IAP-JWT-Assertion', 'x-goog-iap-jwt-assertion']],
  ['modAuthOpenidc', ['OIDC_access_token', 'OIDC-id-token', 'OIDC_CLAIM_locale']],
  ['shibboleth', ['Shib-Session-ID', 'Shib_Identity_Provider', 'eppn', 'persistent_id']],
  ['siteminder', ['SM_SERVERSESSIONID', 'sm-transactionid']],
];

describe('what a product sends beside the claim (H10)', () => {
  it.each(HIDDEN)('is hidden with %s, and claims nothing', (id, names) => {
    const { authenticate, isIdentityHeader } = createAuthenticator({
      trustedProxies: '10.0.0.1',
      // biome-ignore lint/performance/noDynamicNamespaceImportAccess: a test of all of them.
      profile: profiles[id],
      log: false,
    });
    for (const name of names) {
      expect([name, isIdentityHeader(name)]).toEqual([name, true]);
      const decision = authenticate({ peer: '10.9.9.9', rawHeaders: [name, 'forged'] });
      expect(decision).toEqual({ kind: 'anonymous', trusted: false });
    }
    expect(isIdentityHeader('X-Request-Id')).toBe(false);
  });

  it('is not what is called a little otherwise, nor what is no name', () => {
    const profile = profiles.authentik;
    const { isIdentityHeader } = createAuthenticator({ trustedProxies: '10.0.0.1', profile });
    const others = ['X-authentik-jwts', 'X-authentik-jw', 'X-authentik-met', JSON.parse('7')];
    expect(others.map(isIdentityHeader)).toEqual([false, false, false, false]);
  });

  it('is known of every profile that has such headers', () => {
    const having = Object.entries(profiles).filter(([, profile]) => 'alsoStripped' in profile);
    expect(having.map(([id]) => id).sort()).toEqual(HIDDEN.map(([id]) => id).sort());
  });

  it('can be left to the application, which may want to verify a token itself', () => {
    const profile: HeaderProfile = { ...profiles.authentik, alsoStripped: [] };
    const { isIdentityHeader } = createAuthenticator({ trustedProxies: '10.0.0.1', profile });
    expect(isIdentityHeader('X-authentik-jwt')).toBe(false);
    expect(isIdentityHeader('X-authentik-username')).toBe(true);
  });

  it.each<[unknown, string]>([
    [
      'X-authentik-jwt',
      `profile.alsoStripped: "X-authentik-jwt" is not a list of header names; write for example ['X-authentik-jwt']`,
    ],
    [
      [7],
      "profile.alsoStripped[0]: 7 is not a header name (RFC 9110 token); write for example 'X-authentik-jwt', or 'X-authentik-meta-*'",
    ],
    [['*'], 'profile.alsoStripped[0]: "*" is not a header name'],
    [['X-A*'], 'profile.alsoStripped[0]: "X-A*" is not a header name'],
    [['ok', 'Cookie'], 'profile.alsoStripped[1]: "Cookie" has a meaning of its own'],
    [['X-*-jwt'], 'profile.alsoStripped[0]: "X-*-jwt" is not a header name'],
  ])('refuses %j', (alsoStripped, message) => {
    const profile: HeaderProfile = Object.assign(JSON.parse('{}'), profiles.authelia, {
      alsoStripped,
    });
    const create = () => createAuthenticator({ trustedProxies: '10.0.0.1', profile });
    expect(create).toThrow(message);
  });
});
