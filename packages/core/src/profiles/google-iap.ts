import type { HeaderProfile } from './header-profile.js';

/**
 * Google Cloud's Identity-Aware Proxy: `X-Goog-Authenticated-User-Email` and `X-Goog-Authenticated-User-Id`, each behind
 * `accounts.google.com:`. No groups, no name. Where people sign in by Identity Platform the prefix is another
 * (`securetoken.google.com/<project>:`): make a profile of this one with it.
 *
 * An address alone is not safe: Google says that these headers are no security mechanism, and its front ends serve everybody.
 * Verify `X-Goog-IAP-JWT-Assertion` as well.
 *
 * Source: https://docs.cloud.google.com/iap/docs/identity-howto, “Getting the user's identity with signed headers”.
 */
export const googleIap: HeaderProfile = {
  id: 'google-iap',
  user: { header: 'X-Goog-Authenticated-User-Email', prefix: 'accounts.google.com:' },
  email: 'user',
  extra: { id: { header: 'X-Goog-Authenticated-User-Id', prefix: 'accounts.google.com:' } },
  alsoStripped: ['X-Goog-IAP-*'],
};
