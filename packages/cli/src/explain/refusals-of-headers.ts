import type { RefusalReason } from '@trusted-header/core';
import type { Entries } from './explanation.js';
import { COPY, DELETE_FIRST, PASTE } from './lines.js';

/** Refusals that are about the header lines of a request. */
export const REFUSALS_OF_HEADERS: Entries<Extract<RefusalReason, `header-${string}`>> = {
  'header-repeated': {
    status: 403,
    log: ['more than once'],
    means:
      'A header that holds one value came twice. One line may be the client’s and one the proxy’s, and nobody can tell which.',
    causes: [
      {
        when: 'The proxy adds its header to what the client sent, instead of setting it.',
        mend: 'Delete the client’s headers first, then set the proxy’s own.',
        lines: DELETE_FIRST,
      },
      {
        when: 'Two proxies in a row both add the header.',
        mend: 'Let the inner one delete what comes in, and one of them alone set it.',
      },
      {
        when: 'Two of the configured profiles claim somebody.',
        mend: 'Name one profile, or make the proxy delete the other product’s headers.',
      },
      {
        when: 'The runtime joins lines (Bun, Deno and others with Fetch headers), and the user holds a comma.',
        mend: 'Run the application on Node, or give such users a name without a comma.',
      },
    ],
  },
  'header-ambiguous': {
    status: 403,
    log: ['under another spelling', 'names another user'],
    means:
      'The request can be read in two ways: an identity header came under another spelling (Remote_User, Remote.User), or two products’ headers name two users.',
    causes: [
      {
        when: 'A client sent an alias in the hope that something behind the proxy takes _ for -. The proxy let it through.',
        mend: 'Delete the aliases at the proxy.',
        lines: [
          { where: 'nginx', text: ['underscores_in_headers off;', 'ignore_invalid_headers on;'] },
          {
            where: 'Caddy',
            text: ['request_header -Remote_User', 'request_header -Remote.User'],
          },
          {
            where: 'Traefik 3.7 or later',
            text: ['--entrypoints.websecure.http.aliasHeadersStrategy=delete'],
          },
          {
            where: 'HAProxy',
            text: ['http-request del-header ^remote[-_.](user|groups|name|email)$ -m reg'],
          },
        ],
      },
      {
        when: 'The vendor’s own header has an underscore (SM_USER, OIDC_CLAIM_sub), and a hyphenated twin came too.',
        mend: 'Configure the header exactly as the vendor writes it, and delete the twin at the proxy.',
      },
      {
        when: 'The header of another product names another user: the profile is not the proxy’s. Behind oauth2-proxy, for one, anybody’s Remote-User passes.',
        mend: "Set the profile that is the proxy’s. In a chain of proxies, where both are right, write otherProfiles: 'ignore'.",
        lines: [
          {
            where: 'JavaScript',
            text: ["trustedHeader({ trustedProxies, profile: 'oauth2-proxy' })"],
          },
        ],
      },
    ],
  },
  'header-hop-by-hop': {
    status: 403,
    log: ['sent a Connection header that names'],
    means:
      'A Connection header names an identity header, so that a proxy on the way may have removed it (RFC 9110 section 7.6.1).',
    causes: [
      {
        when: 'A client sent “Connection: Remote-Groups” to shed its groups, and the proxy passed it on.',
        mend: 'Let the proxy write Connection itself.',
        lines: [
          {
            where: 'nginx',
            text: [
              'set $connection "";',
              'if ($http_upgrade ~* "^websocket$") { set $connection upgrade; }',
              'proxy_set_header Connection $connection;',
            ],
          },
          {
            where: 'HAProxy',
            text: [
              'acl websocket hdr(Upgrade) -i websocket',
              'http-request del-header Connection',
              'http-request set-header Connection Upgrade if websocket',
            ],
          },
        ],
      },
    ],
  },
  'header-malformed': {
    status: 403,
    log: ['in a form that cannot be read'],
    means:
      'The user, or the groups as a whole, cannot be read. The line in the log says which limit, which character, or what else, and never the value.',
    causes: [
      {
        when: 'The proxy sent a variable that it did not fill in, such as $remote_user, (null) or {http.reverse_proxy.header.Remote-User}. Caddy before 2.9 does so with copy_headers where the answer names nobody.',
        mend: 'Make the proxy send nothing where it knows nobody.',
        lines: PASTE,
      },
      {
        when: 'Somebody is in more groups than the limits take: “groups 3000 > limits.groups 2048”.',
        mend: 'Raise that limit, and Node’s own for headers; or let the provider send the groups alone that the application asks for.',
        lines: [
          {
            where: 'JavaScript',
            text: [
              'trustedHeader({ trustedProxies, limits: { groups: 4096, groupsBytes: 65536 } })',
            ],
          },
          { where: 'shell', text: ['node --max-http-header-size=98304 server.js'] },
          {
            where: 'nginx, in the location that asks',
            text: ['proxy_buffer_size 32k;', 'proxy_buffers 8 32k;'],
          },
        ],
      },
      {
        when: 'The user holds a comma, as “Doe, John” or a distinguished name does.',
        mend: 'If such users are right, say so in a profile of your own.',
        lines: [
          {
            where: 'JavaScript',
            text: ["profile: { ...authelia, user: { header: 'Remote-User', comma: true } }"],
          },
        ],
      },
      {
        when: 'The value is not in the encoding that the profile says: Latin-1 where UTF-8 is expected, or encoded words (Tailscale) under another profile.',
        mend: 'Set the proxy’s own profile, or the encoding of that header.',
      },
      {
        when: 'There is an invisible character in the user, such as U+200D or a no-break space, often pasted into the directory.',
        mend: 'Correct the account at the provider. Two names that look alike must not be two users.',
      },
    ],
  },
  'header-missing': {
    status: 403,
    log: ['which `required` asks for'],
    means: 'The user is there, and a header that `required` asks for is not.',
    causes: [
      {
        when: 'The proxy does not copy that header from the answer of the authorization server.',
        mend: 'Copy all of them.',
        lines: COPY,
      },
      {
        when: 'groups is required, and the user has none: nginx and Caddy send no header whose value is empty.',
        mend: 'Do not require groups. Ask for a group where one is needed: requireIdentity({ groups: … }).',
      },
      {
        when: 'The value was there, and was left out because it is malformed, such as an e-mail address with two @. The detail says so.',
        mend: 'Mend the value at the provider, or do not require it.',
      },
    ],
  },
};
