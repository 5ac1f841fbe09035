import type { HeaderProfile } from './header-profile.js';

/**
 * Authelia: `Remote-User`, `Remote-Groups`, `Remote-Name`, `Remote-Email`; groups joined by `,` without a space; raw UTF-8.
 *
 * Source: Authelia's trusted header SSO documentation, and `handleAuthzAuthorizedStandard` in its source (v4.38–v4.39).
 */
export const authelia: HeaderProfile = {
  id: 'authelia',
  user: { header: 'Remote-User' },
  groups: { header: 'Remote-Groups', separator: ',' },
  name: { header: 'Remote-Name' },
  email: { header: 'Remote-Email' },
};
