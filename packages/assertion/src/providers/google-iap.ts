import { defineProvider, listOf, objectOf } from './define-provider.js';
import type { AssertionProvider, OneOrMore, ProviderTuning } from './provider.js';

/** What {@link googleIap} has to be told. */
export interface GoogleIapOptions extends ProviderTuning {
  /**
   * `/projects/NUMBER/apps/PROJECT_ID` (App Engine), `/projects/NUMBER/global/backendServices/SERVICE_ID` (Compute Engine, GKE);
   * Cloud Run without a load balancer has a form of its own. “Get JWT audience code” in the console says it.
   */
  readonly audience: OneOrMore;
}

/**
 * Google Identity-Aware Proxy: `X-Goog-Iap-Jwt-Assertion`, ES256, keys at `https://www.gstatic.com/iap/verify/public_key-jwk`. The
 * user is `email`.
 *
 * Tokens live ten minutes at most, and clocks may differ by 30 seconds, as Google says. Health checks carry no token: open their path.
 *
 * Source: Google's documentation, “Securing your app with signed headers”.
 */
export function googleIap(options: GoogleIapOptions): AssertionProvider {
  const { audience } = objectOf('googleIap', options);
  return defineProvider(options, ['audience'], {
    name: 'google-iap',
    header: 'X-Goog-Iap-Jwt-Assertion',
    algorithms: ['ES256'],
    keys: { kind: 'jwks', url: 'https://www.gstatic.com/iap/verify/public_key-jwk' },
    issuer: ['https://cloud.google.com/iap'],
    audience: listOf(audience),
    claims: { user: 'email', email: 'email' },
    maxLifetimeSeconds: 600,
  });
}
