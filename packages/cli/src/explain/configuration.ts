import type { ConfigErrorCode } from '@trusted-header/core';
import type { Entries } from './explanation.js';

/** Why an application does not start. */
export const CONFIGURATION: Entries<ConfigErrorCode> = {
  'trusted-proxies-empty': {
    means:
      'trustedProxies names nobody. There is no default: an application that trusts nobody by mistake would refuse everybody, and one that trusts everybody would let anybody be anyone.',
    causes: [
      {
        when: 'The variable is not set, or does not reach the process.',
        mend: 'Set it to the address of the proxy.',
        lines: [
          {
            where: 'compose.yaml',
            text: ['services:', '  app: { environment: { TRUSTED_PROXIES: 172.20.0.2 } }'],
          },
          { where: 'shell', text: ['docker compose config | grep TRUSTED_PROXIES'] },
        ],
      },
      {
        when: 'Header login is meant to be off here.',
        mend: 'Say so: optional: true. Identity headers are then removed, and nobody is signed in by them.',
      },
    ],
  },
  'trusted-proxy-invalid': {
    means:
      'An entry of trustedProxies is no address, CIDR block or Unix socket. The message names each, and what to write.',
    causes: [
      {
        when: 'It is a host name. Names are not trusted: whoever answers for the name would be.',
        mend: 'Write the address.',
        lines: [
          {
            where: 'shell',
            text: [
              "docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' traefik",
              'getent ahosts traefik',
            ],
          },
        ],
      },
      {
        when: 'It is everybody: *, 0.0.0.0/0 or ::/0. Then anybody could be anyone.',
        mend: 'Name the proxy alone.',
      },
      {
        when: 'It is a block with host bits (172.20.0.5/16), a netmask, or an address with a port, brackets, leading zeros or a zone.',
        mend: 'Write what the message says.',
      },
      {
        when: 'Quotes, brackets, a comment, ; or a variable ($PROXY_IP) are in the value as it arrived. docker --env-file keeps quotes, and fills nothing in.',
        mend: 'Write the addresses bare, with commas.',
        lines: [{ where: 'app.env', text: ['TRUSTED_PROXIES=172.20.0.2,fd00:20::2'] }],
      },
    ],
  },
  'profile-invalid': {
    means: 'The profile, which says what headers carry the user, cannot be used.',
    causes: [
      {
        when: 'A header’s name has an underscore (REMOTE_USER), is one that Node folds or drops (Cookie, Host, From …), or is there twice.',
        mend: 'Let the proxy send it by a name with hyphens, or write the vendor’s own name exactly as it is sent.',
      },
      {
        when: 'The id is none that is known, or a setting is misspelt.',
        mend: 'Write one of the ids in the message, or a profile of your own.',
        lines: [
          {
            where: 'JavaScript',
            text: ["profile: { id: 'mine', user: { header: 'X-WebAuth-User' } }"],
          },
        ],
      },
    ],
  },
  'option-invalid': {
    means:
      'An option has a name or a value that means nothing here. A misspelt option must not be a weaker application.',
    causes: [
      {
        when: 'The name is misspelt (anonymus), or belongs to another function.',
        mend: 'Write one of the names in the message.',
      },
      {
        when: 'The value is of the wrong kind, or out of range: a limit that is no whole number, an origin with a path, two options that exclude each other.',
        mend: 'Write what the message says.',
      },
    ],
  },
  'policy-invalid': {
    means:
      'What a guard was given is no policy. It is said at start, so that no route is open or closed by mistake.',
    causes: [
      {
        when: 'It is undefined: requireIdentity(policies.admins), and the key is written otherwise.',
        mend: 'Mend the key. For any signed-in user write requireIdentity() without an argument.',
      },
      {
        when: 'A member is misspelt (group), or a list holds something that is no text.',
        mend: 'Write users, groups: { anyOf, allOf }, match.',
        lines: [
          {
            where: 'JavaScript',
            text: ["requireIdentity({ users: ['root'], groups: { anyOf: ['admin'] } })"],
          },
        ],
      },
    ],
  },
};
