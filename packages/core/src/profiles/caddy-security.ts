import type { HeaderProfile } from './header-profile.js';

/**
 * caddy-security (AuthCrunch) with `inject headers with claims`: `X-Token-Subject`, `X-Token-User-Name`, `-User-Email`,
 * `-User-Roles`; roles joined by a space. An empty claim sends no header.
 *
 * The user is the subject: `X-Token-User-Name` is a display name, which its owner may change.
 *
 * Source: AuthCrunch's documentation, “Identity headers”; `pkg/authz/authenticate.go` in its source.
 */
export const caddySecurity: HeaderProfile = {
  id: 'caddy-security',
  user: { header: 'X-Token-Subject' },
  groups: { header: 'X-Token-User-Roles', separator: ' ' },
  name: { header: 'X-Token-User-Name' },
  email: { header: 'X-Token-User-Email' },
};
