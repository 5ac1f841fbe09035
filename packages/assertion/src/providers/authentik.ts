import { defineProvider, listOf, objectOf } from './define-provider.js';
import type { AssertionProvider, KeySource, OneOrMore, ProviderTuning } from './provider.js';

/** What {@link authentik} has to be told. */
export interface AuthentikOptions extends ProviderTuning {
  /** `https://auth.example.com/application/o/<slug>/`, with the slash. */
  readonly issuer: OneOrMore;
  /** The provider's client id. */
  readonly audience: OneOrMore;
  /**
   * `jwks`: the address of the keys, for a provider that has a signing key. `clientSecret`: the provider's client secret, for one that
   * has none, which is authentik's default. Whoever knows the secret can sign in as anybody: take a signing key where you can.
   */
  readonly keys: { readonly jwks: string } | { readonly clientSecret: string };
}

/**
 * authentik's proxy provider: `X-authentik-jwt`, the ID token. The user is `preferred_username`.
 *
 * Does not read `X-authentik-meta-jwks`, which names an address of keys: what came with a token says nothing about it.
 *
 * Source: authentik's issues 3909, 4156, 4824, 5447 and 9940. A proxy provider without a signing key signs by HS256 with the client
 * secret, and its key set is `{}`.
 */
export function authentik(options: AuthentikOptions): AssertionProvider {
  const { issuer, audience, keys } = objectOf('authentik', options);
  const source = sourceOf(keys);
  return defineProvider(options, ['issuer', 'audience', 'keys'], {
    name: 'authentik',
    header: 'X-authentik-jwt',
    algorithms: source.kind === 'secret' ? ['HS256'] : ['RS256', 'ES256', 'ES384', 'ES512'],
    keys: source,
    issuer: listOf(issuer),
    audience: listOf(audience),
    claims: { user: 'preferred_username', groups: 'groups', name: 'name', email: 'email' },
    emptyKeySet:
      "authentik's provider has no signing key, which is its default; set one (Advanced protocol settings), or write keys: { clientSecret }",
  });
}

function sourceOf(keys: AuthentikOptions['keys']): KeySource {
  if (Object(keys) === keys && 'clientSecret' in keys && !('jwks' in keys)) {
    return { kind: 'secret', secret: keys.clientSecret };
  }
  return { kind: 'jwks', url: Object(keys) === keys && 'jwks' in keys ? keys.jwks : '' };
}
