import { defineProvider, listOf, objectOf } from './define-provider.js';
import type { AssertionProvider, OneOrMore, ProviderTuning } from './provider.js';

export interface Oauth2ProxyOptions extends ProviderTuning {
  /** The identity provider's issuer, as its discovery document says it. */
  readonly issuer: OneOrMore;
  /** oauth2-proxy's client id. */
  readonly audience: OneOrMore;
  /** The identity provider's `jwks_uri`. */
  readonly jwks: string;
  /** `Authorization`, unless the proxy puts the token elsewhere. */
  readonly header?: string;
}

/**
 * oauth2-proxy's ID token: `Authorization: Bearer`, with `--pass-authorization-header`, or by `auth_request` with
 * `--set-authorization-header`. The user is `sub`, as in `X-Forwarded-User`.
 *
 * `X-Forwarded-Access-Token` is no assertion: it is for another audience, and often no JSON Web Token. Where an application has use
 * for `Authorization` itself, let the proxy put the token into a header of another name, and write it as `header`.
 *
 * Source: oauth2-proxy's documentation, “Configuration: Overview”, and its issues 2044, 2398, 2825 and 3210.
 */
export function oauth2Proxy(options: Oauth2ProxyOptions): AssertionProvider {
  const { issuer, audience, jwks, header = 'Authorization' } = objectOf('oauth2Proxy', options);
  return defineProvider(options, ['issuer', 'audience', 'jwks', 'header'], {
    name: 'oauth2-proxy',
    header,
    bearer: header.toLowerCase() === 'authorization' ? 'required' : 'optional',
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'],
    keys: { kind: 'jwks', url: jwks },
    issuer: listOf(issuer),
    audience: listOf(audience),
    claims: { user: 'sub', groups: 'groups', name: 'name', email: 'email' },
  });
}
