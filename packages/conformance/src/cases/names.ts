import { type ConformanceGroup, forbidden, toCase } from './build.js';

const aliases = [
  {
    id: 'alias-underscore',
    why: 'Django CVE-2015-0219, oauth2-proxy CVE-2025-64484: CGI reads both as one (H3)',
    lines: ['Remote-User: alice', 'Remote_User: admin'],
  },
  {
    id: 'alias-underscore-first',
    why: 'the order of lines decides nothing',
    lines: ['Remote_User: admin', 'Remote-User: alice'],
  },
  {
    id: 'alias-underscore-alone',
    why: 'a proxy that deletes Remote-User lets Remote_User pass',
    lines: ['Remote_User: admin'],
  },
  {
    id: 'alias-underscore-upper-case',
    why: 'aliases have no case either',
    lines: ['Remote-User: alice', 'REMOTE_USER: admin'],
  },
  {
    id: 'alias-dot',
    why: 'Traefik let Remote.User pass (H3)',
    lines: ['Remote-User: alice', 'Remote.User: admin'],
  },
  {
    id: 'alias-of-groups',
    why: 'every identity header has aliases',
    lines: ['Remote-User: alice', 'Remote_Groups: admin'],
  },
  {
    id: 'alias-of-email',
    why: 'every identity header has aliases',
    lines: ['Remote-User: alice', 'Remote.Email: root@example.com'],
  },
  {
    id: 'alias-without-value',
    why: 'somebody is trying: no proxy sets such a name',
    lines: ['Remote-User: alice', 'Remote_User:'],
  },
];

const hopByHop = [
  {
    id: 'connection-names-user',
    why: 'Traefik CVE-2024-45410: a hop removes what Connection names (H3)',
    lines: ['Connection: close, Remote-User', 'Remote-User: alice'],
  },
  {
    id: 'connection-names-groups',
    why: 'Fabio CVE-2025-48865: an absent header got a default (H3)',
    lines: ['Connection: keep-alive, remote-groups', 'Remote-User: alice', 'Remote-Groups: dev'],
  },
  {
    id: 'connection-took-user-away',
    why: 'Caddy 2.6 drops the user so, and leaves the groups',
    lines: ['Connection: Remote-User', 'Remote-Groups: admin'],
  },
  {
    id: 'connection-took-everything-away',
    why: 'an attempt at removing the user is not an anonymous request',
    lines: ['Connection: Remote-User'],
  },
  {
    id: 'connection-on-second-line',
    why: 'Connection may have several lines, and names have no case',
    lines: ['Connection: keep-alive', 'CONNECTION: REMOTE-USER', 'Remote-User: alice'],
  },
];

export const names: ConformanceGroup = {
  title: 'a header has another name or is named elsewhere',
  cases: [
    toCase({
      id: 'user-of-another-profile',
      why: 'oauth2-proxy deletes a client’s X-Forwarded-User, and lets its Remote-User pass (H15)',
      lines: ['Remote-User: admin', 'X-Forwarded-User: alice'],
      expect: forbidden('header-ambiguous'),
    }),
    ...aliases.map((row) => toCase({ ...row, expect: forbidden('header-ambiguous') })),
    ...hopByHop.map((row) => toCase({ ...row, expect: forbidden('header-hop-by-hop') })),
  ],
};
