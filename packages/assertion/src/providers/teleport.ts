import { defineProvider, listOf, objectOf } from './define-provider.js';
import type { AssertionProvider, OneOrMore, ProviderTuning } from './provider.js';

/** What {@link teleport} has to be told. */
export interface TeleportOptions extends ProviderTuning {
  /** The cluster's name, which is the issuer. */
  readonly cluster: string;
  /** The application's address, as Teleport has it in `uri`: `http://127.0.0.1:3000`. */
  readonly audience: OneOrMore;
  /** `https://<proxy>/.well-known/jwks.json`. */
  readonly jwks: string;
}

/**
 * Teleport application access: `Teleport-Jwt-Assertion`. The user is `username`, the groups are `roles`.
 *
 * RS256 is documented, newer clusters sign by ES256: both are taken. Keys of older ones have no id, and are tried in turn. Tokens
 * have no `iat`; they lived as long as the session, 30 hours, and in version 20 ten minutes.
 *
 * Source: Teleport's documentation, “Use JWT Tokens With Application Access”, versions 17 to 20.
 */
export function teleport(options: TeleportOptions): AssertionProvider {
  const { cluster, audience, jwks } = objectOf('teleport', options);
  return defineProvider(options, ['cluster', 'audience', 'jwks'], {
    name: 'teleport',
    header: 'Teleport-Jwt-Assertion',
    algorithms: ['RS256', 'ES256'],
    keys: { kind: 'jwks', url: jwks },
    issuer: [cluster],
    audience: listOf(audience),
    claims: { user: 'username', groups: 'roles' },
    maxLifetimeSeconds: 111_600,
  });
}
