import type { HeaderProfile } from './header-profile.js';

/**
 * oauth2-proxy in front of the application (`--pass-user-headers`, on by default): `X-Forwarded-User`, `-Groups`,
 * `-Email`, `-Preferred-Username`; groups joined by `,`; raw UTF-8. An empty claim sends no header.
 *
 * Where another proxy asks oauth2-proxy about each request instead, take {@link oauth2ProxyAuthRequest}.
 *
 * Source: oauth2-proxy's documentation, “Configuration: Overview”, header options; `pkg/middleware/headers.go` in its
 * source.
 */
export const oauth2Proxy: HeaderProfile = {
  id: 'oauth2-proxy',
  user: { header: 'X-Forwarded-User' },
  groups: { header: 'X-Forwarded-Groups', separator: ',' },
  email: { header: 'X-Forwarded-Email' },
  extra: { preferredUsername: { header: 'X-Forwarded-Preferred-Username' } },
  alsoStripped: ['X-Forwarded-Access-Token'],
};

/**
 * oauth2-proxy as the authorization server of another proxy (`--set-xauthrequest`): `X-Auth-Request-User`, `-Groups`,
 * `-Email`, `-Preferred-Username`; groups joined by `,`; raw UTF-8. An empty claim sends no header.
 *
 * Source: oauth2-proxy's documentation, “Integration”, nginx `auth_request` and Traefik `forwardAuth`;
 * `pkg/apis/options/legacy_options.go` in its source.
 */
export const oauth2ProxyAuthRequest: HeaderProfile = {
  id: 'oauth2-proxy-auth-request',
  user: { header: 'X-Auth-Request-User' },
  groups: { header: 'X-Auth-Request-Groups', separator: ',' },
  email: { header: 'X-Auth-Request-Email' },
  extra: { preferredUsername: { header: 'X-Auth-Request-Preferred-Username' } },
  alsoStripped: ['X-Auth-Request-Access-Token'],
};
