import type { Lines } from './explanation.js';

// Lines that several explanations share.

/** Deletes what a client sends, and sets what the authorization server answers. */
export const DELETE_FIRST: readonly Lines[] = [
  {
    where: 'nginx (proxy_set_header replaces)',
    text: [
      'auth_request_set $user $upstream_http_remote_user;',
      'proxy_set_header Remote-User $user;',
    ],
  },
  { where: 'Caddy, before it asks', text: ['request_header -Remote-User'] },
  {
    where: 'Traefik, a middleware before forwardAuth',
    text: ['traefik.http.middlewares.strip.headers.customrequestheaders.Remote-User='],
  },
  { where: 'HAProxy, before it asks', text: ['http-request del-header remote-user'] },
];

/** Prints a whole configuration, which the tests have attacked. */
export const PASTE: readonly Lines[] = [
  {
    where: 'shell',
    text: [
      'npx @trusted-header/cli proxy-config caddy --app http://app:3000 --auth http://authelia:9091 --domain app.example.com --proxy-address 172.20.0.2',
    ],
  },
];

/** Has the proxy copy what the authorization server answers. */
export const COPY: readonly Lines[] = [
  {
    where: 'Traefik',
    text: [
      'traefik.http.middlewares.authelia.forwardauth.authResponseHeaders=Remote-User,Remote-Groups,Remote-Name,Remote-Email',
    ],
  },
  {
    where: 'nginx',
    text: [
      'auth_request /internal/authelia/authz;',
      'auth_request_set $user $upstream_http_remote_user;',
      'proxy_set_header Remote-User $user;',
    ],
  },
  {
    where: 'Caddy 2.11.2 or later',
    text: [
      'forward_auth authelia:9091 {',
      '  uri /api/authz/forward-auth',
      '  copy_headers Remote-User Remote-Groups Remote-Name Remote-Email',
      '}',
    ],
  },
];
