import { defineProvider, listOf, objectOf } from './define-provider.js';
import type { AssertionProvider, OneOrMore, ProviderTuning } from './provider.js';

/** What {@link oauth2Proxy} has to be told. */
export interface Oauth2ProxyOptions extends ProviderTuning {
  /** The identity provider's issuer, as its discovery document says it. */
  readonly issuer: OneOrMore;
  /** oauth2-proxy's client id. */
  readonly audience: OneOrMore;
  /** The identity provider's `jwks_uri`. */
  readonly jwks: string;
  /** Where the proxy puts the token, with or without `Bearer` before it: `X-Id-Token`, unless set. Not `Authorization`. */
  readonly header?: string;
}

/**
 * oauth2-proxy's ID token, in a header of its own: `X-Id-Token`, with or without `Bearer` before it. The user is `sub`, as in
 * `X-Forwarded-User`.
 *
 * `Authorization`, where oauth2-proxy puts it by itself, is refused. The application would lose that header, and every request with
 * an API token or a password in it would be a claim. How to move it: see the README.
 *
 * `X-Forwarded-Access-Token` is no assertion: it is for another audience, and often no JSON Web Token.
 *
 * Source: oauth2-proxy's `session_state.go` (the claim `id_token`) and documentation, “Alpha Configuration”; its issues 2044, 2398, 2825 and
 * 3210.
 */
export function oauth2Proxy(options: Oauth2ProxyOptions): AssertionProvider {
  const { issuer, audience, jwks, header = 'X-Id-Token' } = objectOf('oauth2Proxy', options);
  return defineProvider(options, ['issuer', 'audience', 'jwks', 'header'], {
    name: 'oauth2-proxy',
    header,
    bearer: true,
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'],
    keys: { kind: 'jwks', url: jwks },
    issuer: listOf(issuer),
    audience: listOf(audience),
    claims: { user: 'sub', groups: 'groups', name: 'name', email: 'email' },
  });
}
