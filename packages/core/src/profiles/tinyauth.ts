import type { HeaderProfile } from './header-profile.js';

/**
 * Tinyauth: `Remote-User`, `Remote-Groups`, `Remote-Name`, `Remote-Email`, `Remote-Sub`; groups joined by `,`.
 *
 * Tinyauth deletes characters outside ASCII, so `Jürgen` arrives as `Jrgen`: two users may look alike. Its local users
 * have no groups header.
 *
 * Source: Tinyauth's documentation, and `proxy_controller.go` in its source.
 */
export const tinyauth: HeaderProfile = {
  id: 'tinyauth',
  user: { header: 'Remote-User' },
  groups: { header: 'Remote-Groups', separator: ',' },
  name: { header: 'Remote-Name' },
  email: { header: 'Remote-Email' },
  extra: { sub: { header: 'Remote-Sub' } },
};
