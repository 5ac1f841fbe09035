import { defineProvider, matching, objectOf } from './define-provider.js';
import type { AssertionProvider, ProviderTuning } from './provider.js';

/** What {@link pomerium} has to be told. */
export interface PomeriumOptions extends ProviderTuning {
  /** The route's host, as browsers see it: `app.example.com`. */
  readonly host: string;
}

/**
 * Pomerium: `X-Pomerium-Jwt-Assertion`, keys at `https://<host>/.well-known/pomerium/jwks.json`; issuer and audience are the route's
 * host. The user is `user`, the identity provider's id, as in `X-Pomerium-Claim-User`.
 *
 * Tokens live five minutes. Without a signing key Pomerium sends an empty header, which is no assertion.
 *
 * Source: Pomerium's documentation, “Identity verification”, and its JavaScript SDK, which learns issuer and audience from the first token.
 */
export function pomerium(options: PomeriumOptions): AssertionProvider {
  const { host } = objectOf('pomerium', options);
  const route = matching('host', host, /^[a-z0-9.-]+(?::\d{1,5})?$/, "'app.example.com'");
  return defineProvider(options, ['host'], {
    name: 'pomerium',
    header: 'X-Pomerium-Jwt-Assertion',
    algorithms: ['ES256', 'RS256'],
    keys: { kind: 'jwks', url: `https://${route}/.well-known/pomerium/jwks.json` },
    // The second with the setting jwt_issuer_format: IssuerURI.
    issuer: [route, `https://${route}/`],
    audience: [route],
    claims: { user: 'user', groups: 'groups', name: 'name', email: 'email' },
    maxLifetimeSeconds: 300,
  });
}
