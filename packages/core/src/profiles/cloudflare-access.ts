import type { HeaderProfile } from './header-profile.js';

/**
 * Cloudflare Access: `Cf-Access-Authenticated-User-Email`, which is the user and the email. No groups, no name. A service token
 * names no person, and bypassed paths have no headers.
 *
 * An address alone is not safe: every customer of Cloudflare reaches you from its addresses, and `cloudflared` connects from where
 * it runs. Verify `Cf-Access-Jwt-Assertion` as well.
 *
 * Source: https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/application-token/
 * for the assertion; https://community.cloudflare.com/t/210484 for the header of the email, which those pages do not name.
 */
export const cloudflareAccess: HeaderProfile = {
  id: 'cloudflare-access',
  user: { header: 'Cf-Access-Authenticated-User-Email' },
  email: 'user',
  alsoStripped: ['Cf-Access-Jwt-Assertion', 'Cf-Access-Client-Id', 'Cf-Access-Client-Secret'],
};
