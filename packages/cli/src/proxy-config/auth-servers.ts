import type { HeaderProfile } from '@trusted-header/core';
import { authelia, authentik, oauth2ProxyAuthRequest } from '@trusted-header/core/profiles';
import type { AuthProfile } from './settings.js';

/** How a proxy asks one authorization server, and what comes back. */
export interface AuthServer {
  readonly id: AuthProfile;
  readonly label: string;
  readonly headers: HeaderProfile;
  /** The constant of `@trusted-header/core/profiles` that the application must use. */
  readonly constant: string;
  /** Further headers of this product: never set, but deleted from what a client sends. */
  readonly alsoDeleted: readonly string[];
  /** For nginx: answers 401 where others redirect. */
  readonly authRequestPath: string;
  /** Answers with the redirect to the sign-in page itself, unless `signInPath` is set. */
  readonly forwardAuthPath: {
    readonly caddy: string;
    readonly traefik: string;
    readonly haproxy: string;
  };
  /** For Envoy, which puts the path of the request behind it; may be empty. */
  readonly extAuthzPath: string;
  /** Paths of the application's own host that belong to the authorization server. */
  readonly ownPath?: string;
  /** Where nginx and others send a browser after a 401; the original URL is put behind it. */
  readonly signInPath?: string;
  /** Whether the forward-auth answer is a bare 401, which the proxy must turn into a redirect. */
  readonly bareUnauthorized: boolean;
  /** What must be set at the authorization server. */
  readonly needs: readonly string[];
}

/** The authorization servers that the generator knows. */
export const AUTH_SERVERS: Readonly<Record<AuthProfile, AuthServer>> = {
  authelia: {
    id: 'authelia',
    label: 'Authelia',
    headers: authelia,
    constant: 'authelia',
    alsoDeleted: [],
    authRequestPath: '/api/authz/auth-request',
    forwardAuthPath: {
      caddy: '/api/authz/forward-auth',
      traefik: '/api/authz/forward-auth',
      haproxy: '/api/authz/forward-auth',
    },
    extAuthzPath: '/api/authz/ext-authz/',
    bareUnauthorized: false,
    needs: [
      'Authelia 4.38 or later, with session.cookies[].authelia_url set or --portal given here',
    ],
  },
  authentik: {
    id: 'authentik',
    label: 'authentik',
    headers: authentik,
    constant: 'authentik',
    alsoDeleted: [
      'X-authentik-entitlements',
      'X-authentik-jwt',
      'X-authentik-meta-jwks',
      'X-authentik-meta-outpost',
      'X-authentik-meta-provider',
      'X-authentik-meta-app',
      'X-authentik-meta-version',
    ],
    authRequestPath: '/outpost.goauthentik.io/auth/nginx',
    forwardAuthPath: {
      caddy: '/outpost.goauthentik.io/auth/caddy',
      traefik: '/outpost.goauthentik.io/auth/traefik',
      haproxy: '/outpost.goauthentik.io/auth/nginx',
    },
    extAuthzPath: '/outpost.goauthentik.io/auth/envoy',
    ownPath: '/outpost.goauthentik.io',
    signInPath: '/outpost.goauthentik.io/start?rd=',
    bareUnauthorized: false,
    needs: ['a proxy provider of authentik in the mode “Forward auth (single application)”'],
  },
  'oauth2-proxy': {
    id: 'oauth2-proxy',
    label: 'oauth2-proxy',
    headers: oauth2ProxyAuthRequest,
    constant: 'oauth2ProxyAuthRequest',
    alsoDeleted: [
      'X-Auth-Request-Access-Token',
      'X-Forwarded-User',
      'X-Forwarded-Groups',
      'X-Forwarded-Email',
      'X-Forwarded-Preferred-Username',
      'X-Forwarded-Access-Token',
    ],
    authRequestPath: '/oauth2/auth',
    // With the upstream static://202 it answers every path: 202, or its own redirect to the sign-in.
    forwardAuthPath: { caddy: '/oauth2/auth', traefik: '/', haproxy: '/oauth2/auth' },
    extAuthzPath: '',
    ownPath: '/oauth2',
    signInPath: '/oauth2/start?rd=',
    bareUnauthorized: true,
    needs: ['oauth2-proxy with --set-xauthrequest, --reverse-proxy and --upstream=static://202'],
  },
};
