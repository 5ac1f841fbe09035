import {
  authelia,
  authentik,
  oauth2ProxyAuthRequest,
  tinyauth,
  vouch,
} from '@trusted-header/core/profiles';
import type { AuthServer } from './auth-server.js';
import { OWN_PROXIES } from './own-proxies.js';
import type { AuthProfile } from './settings.js';

/** The authorization servers that the generator knows. */
export const AUTH_SERVERS: Readonly<Record<AuthProfile, AuthServer>> = {
  authelia: {
    id: 'authelia',
    label: 'Authelia',
    headers: authelia,
    alsoDeleted: [],
    sessionCookies: ['authelia_session'],
    endpoints: {
      authRequest: '/api/authz/auth-request',
      authRequestReads: ['original'],
      caddy: '/api/authz/forward-auth',
      traefik: '/api/authz/forward-auth',
      haproxy: '/api/authz/forward-auth',
      extAuthz: '/api/authz/ext-authz/',
      signIn: { by: 'answer', header: 'Location' },
    },
    needs: [
      'Authelia 4.38 or later, with session.cookies[].authelia_url set or --portal given here',
      'in its configuration server: { buffers: { read: 16384, write: 16384 } }: by default it answers 431 to a question of more than 4096 bytes, which a long URL or a few cookies of the application are, and the browser then sees 431, 500 or 503',
    ],
  },
  authentik: {
    id: 'authentik',
    label: 'authentik',
    headers: authentik,
    alsoDeleted: [
      'X-authentik-entitlements',
      'X-authentik-jwt',
      'X-authentik-meta-jwks',
      'X-authentik-meta-outpost',
      'X-authentik-meta-provider',
      'X-authentik-meta-app',
      'X-authentik-meta-version',
    ],
    sessionCookies: ['authentik_proxy_*'],
    endpoints: {
      authRequest: '/outpost.goauthentik.io/auth/nginx',
      authRequestReads: ['original'],
      caddy: '/outpost.goauthentik.io/auth/caddy',
      traefik: '/outpost.goauthentik.io/auth/traefik',
      haproxy: '/outpost.goauthentik.io/auth/nginx',
      extAuthz: '/outpost.goauthentik.io/auth/envoy',
      signIn: { by: 'path', path: '/outpost.goauthentik.io/start?rd=', bareUnauthorized: false },
    },
    ownPath: '/outpost.goauthentik.io',
    needs: ['a proxy provider of authentik in the mode “Forward auth (single application)”'],
  },
  'oauth2-proxy': {
    id: 'oauth2-proxy',
    label: 'oauth2-proxy',
    headers: oauth2ProxyAuthRequest,
    alsoDeleted: [
      'X-Auth-Request-Access-Token',
      'X-Auth-Request-Redirect',
      'X-Forwarded-User',
      'X-Forwarded-Groups',
      'X-Forwarded-Email',
      'X-Forwarded-Preferred-Username',
      'X-Forwarded-Access-Token',
    ],
    sessionCookies: ['_oauth2_proxy*'],
    endpoints: {
      authRequest: '/oauth2/auth',
      authRequestReads: ['forwarded'],
      caddy: '/oauth2/auth',
      // With the upstream static://202 it answers every path: 202, or its own redirect to the sign-in.
      traefik: '/',
      haproxy: '/oauth2/auth',
      extAuthz: '',
      signIn: { by: 'start', path: '/oauth2/start', bareUnauthorized: true },
    },
    ownPath: '/oauth2',
    needs: [
      'oauth2-proxy with --set-xauthrequest, --reverse-proxy and --upstream=static://202',
      '--trusted-proxy-ip=<the address of this proxy, as oauth2-proxy sees it> there (7.15 or later): without it oauth2-proxy believes everybody’s X-Forwarded-*',
    ],
  },
  tinyauth: {
    id: 'tinyauth',
    label: 'Tinyauth',
    headers: tinyauth,
    alsoDeleted: ['X-Tinyauth-Location'],
    sessionCookies: ['tinyauth*'],
    endpoints: {
      authRequest: '/api/auth/nginx',
      authRequestReads: ['original', 'forwarded'],
      caddy: '/api/auth/caddy',
      traefik: '/api/auth/traefik',
      haproxy: '/api/auth/traefik',
      extAuthz: '/api/auth/envoy?path=',
      signIn: { by: 'answer', header: 'X-Tinyauth-Location' },
    },
    needs: ['Tinyauth with APP_URL set; its endpoints are taken from its documentation, not run'],
  },
  vouch: {
    id: 'vouch',
    label: 'Vouch Proxy',
    headers: vouch,
    alsoDeleted: ['X-Vouch-Success', 'X-Vouch-IdP-AccessToken', 'X-Vouch-IdP-IdToken'],
    sessionCookies: ['VouchCookie*'],
    endpoints: {
      authRequest: '/validate',
      authRequestReads: ['forwarded'],
      caddy: '/validate',
      traefik: '/validate',
      haproxy: '/validate',
      signIn: { by: 'portal', path: '/login?url=', bareUnauthorized: true },
    },
    needs: [
      'Vouch Proxy with vouch.domains or vouch.whiteList set; taken from its README, not run',
    ],
  },
  ...OWN_PROXIES,
};
