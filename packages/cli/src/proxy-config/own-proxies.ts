import type { HeaderProfile } from '@trusted-header/core';
import {
  azureEasyAuth,
  caddySecurity,
  gatekeeper,
  modAuthOpenidc,
  pomerium,
  sandstorm,
  shibboleth,
  siteminder,
} from '@trusted-header/core/profiles';
import type { AuthServer } from './auth-server.js';
import type { AuthProfile } from './settings.js';

/** Products that are a reverse proxy themselves: nobody asks them, and what is generated is the hop in front of one. */
export const OWN_PROXIES = {
  pomerium: itself('pomerium', 'Pomerium', pomerium, ['X-Pomerium-Jwt-Assertion']),
  gatekeeper: itself('gatekeeper', 'Gatekeeper', gatekeeper, ['X-Auth-Token']),
  'caddy-security': itself('caddy-security', 'caddy-security', caddySecurity, []),
  sandstorm: itself('sandstorm', 'Sandstorm', sandstorm, ['X-Sandstorm-Tab-Id']),
  'azure-easy-auth': itself('azure-easy-auth', 'Azure Easy Auth', azureEasyAuth, [
    'X-MS-CLIENT-PRINCIPAL',
  ]),
  'mod-auth-openidc': itself('mod-auth-openidc', 'Apache with mod_auth_openidc', modAuthOpenidc, [
    'OIDC_access_token',
    'OIDC_id_token',
  ]),
  shibboleth: itself('shibboleth', 'the server of Shibboleth', shibboleth, [
    'eppn',
    'persistent-id',
  ]),
  siteminder: itself('siteminder', 'the server of SiteMinder', siteminder, ['SM_SERVERSESSIONID']),
} as const satisfies Partial<Record<AuthProfile, AuthServer>>;

/** A product that is the proxy: nobody asks it, it passes requests on. */
function itself(
  id: AuthProfile,
  label: string,
  headers: HeaderProfile,
  alsoDeleted: readonly string[],
): AuthServer {
  const needs = [
    `--auth is where ${label} listens, and ${label} passes on to the application: it is a reverse proxy itself, and this is the hop in front of it`,
    `${label} must listen where only this proxy reaches it`,
  ];
  return { id, label, headers, alsoDeleted, sessionCookies: [], needs };
}
