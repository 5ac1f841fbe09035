import type { HeaderProfile } from './header-profile.js';

/**
 * Gatekeeper (the proxy for Keycloak): `X-Auth-Username`, `-Groups`, `-Email`, `-Subject`, `-Roles`; groups and roles
 * joined by `,`; raw UTF-8 (leave `enable-header-encoding` off).
 *
 * Gatekeeper does not delete a client's own `X-Auth-*` on white-listed paths: let the proxy in front of it do so.
 *
 * Source: Gatekeeper's documentation, “Upstream headers”; `pkg/constant` and `pkg/proxy/middleware/base.go` in its source.
 */
export const gatekeeper: HeaderProfile = {
  id: 'gatekeeper',
  user: { header: 'X-Auth-Username' },
  groups: { header: 'X-Auth-Groups', separator: ',' },
  email: { header: 'X-Auth-Email' },
  extra: { subject: { header: 'X-Auth-Subject' }, roles: { header: 'X-Auth-Roles' } },
  alsoStripped: ['X-Auth-Token', 'X-Auth-Userid', 'X-Auth-Audience', 'X-Auth-ExpiresIn'],
};
