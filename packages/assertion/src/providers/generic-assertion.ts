import { defineProvider, listOf, objectOf } from './define-provider.js';
import type {
  AssertionProvider,
  OneOrMore,
  ProviderTuning,
  SigningAlgorithm,
  UserClaim,
} from './provider.js';

/** What {@link genericAssertion} has to be told. */
export interface GenericAssertionOptions extends ProviderTuning {
  /** The header with the token and nothing else, or `Bearer` and the token. Not `Authorization`: see {@link oauth2Proxy}. */
  readonly header: string;
  readonly issuer: OneOrMore;
  readonly audience: OneOrMore;
  /** The algorithms that the provider signs with, and no others. */
  readonly algorithms: readonly [SigningAlgorithm, ...SigningAlgorithm[]];
  /** Address of the key set, over `https:`. */
  readonly jwks: string;
  readonly user: UserClaim;
}

/** Any other provider that signs JSON Web Tokens and publishes its keys. Nothing is left to guess: all of it has to be said. */
export function genericAssertion(options: GenericAssertionOptions): AssertionProvider {
  const { header, issuer, audience, algorithms, jwks, user } = objectOf(
    'genericAssertion',
    options,
  );
  return defineProvider(options, ['header', 'issuer', 'audience', 'algorithms', 'jwks'], {
    name: 'assertion',
    header,
    bearer: true,
    algorithms,
    keys: { kind: 'jwks', url: jwks },
    issuer: listOf(issuer),
    audience: listOf(audience),
    claims: { user },
  });
}
