import { utf8 } from '../wire/utf8.js';
import { authenticated, type ConformanceGroup, padding, toCase } from './build.js';

const rows = [
  {
    id: 'all-four-headers',
    why: 'the four headers of Authelia come out as one identity',
    lines: [
      'Remote-User: john',
      'Remote-Groups: admin,dev',
      'Remote-Name: John Doe',
      'Remote-Email: john@example.com',
    ],
    expect: authenticated({
      user: 'john',
      groups: ['admin', 'dev'],
      name: 'John Doe',
      email: 'john@example.com',
    }),
  },
  {
    id: 'all-four-headers-read-before',
    why: 'a middleware before the adapter has filled the caches of Node and the framework (H10)',
    earlyReader: true,
    lines: [
      'Remote-User: john',
      'Remote-Groups: admin,dev',
      'Remote-Name: John Doe',
      'Remote-Email: john@example.com',
    ],
    expect: authenticated({
      user: 'john',
      groups: ['admin', 'dev'],
      name: 'John Doe',
      email: 'john@example.com',
    }),
  },
  {
    id: 'user-only',
    why: 'what the proxy did not send is absent, not empty (H6)',
    lines: ['Remote-User: alice'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'empty-values',
    why: 'Authelia sends empty headers for what a user lacks: no groups is a fact, no name is not (H4, H6)',
    lines: ['Remote-User: alice', 'Remote-Groups:', 'Remote-Name: ', 'Remote-Email:'],
    expect: authenticated({ user: 'alice', groups: [] }),
  },
  {
    id: 'names-in-any-case',
    why: 'header names have no case (RFC 9110), and no framework agrees on one',
    lines: ['remote-user: alice', 'REMOTE-GROUPS: dev'],
    expect: authenticated({ user: 'alice', groups: ['dev'] }),
  },
  {
    id: 'utf8-name',
    why: 'names outside ASCII came out garbled in Open WebUI, NetBox, Arkime and Graylog (H5)',
    lines: ['Remote-User: jgross', utf8('Remote-Name: Jürgen Größe 🦊')],
    expect: authenticated({ user: 'jgross', name: 'Jürgen Größe 🦊' }),
  },
  {
    id: 'utf8-user-as-sent',
    why: 'two spellings are two accounts of the provider, and two users: KELVIN SIGN is no K, as it is in NFC (H5)',
    lines: [utf8('Remote-User: \u212aevin'), utf8('Remote-Groups: zoe\u0308')],
    expect: authenticated({ user: '\u212aevin', groups: ['zoe\u0308'] }),
  },
  {
    id: 'utf8-ends-in-a0',
    why: 'the last byte of à is A0, which trim() takes for a space (H12)',
    lines: [utf8('Remote-User: voilà'), utf8('Remote-Groups: là,déjà')],
    expect: authenticated({ user: 'voilà', groups: ['là', 'déjà'] }),
  },
  {
    id: 'outer-white-space',
    why: 'optional white space around a value is not part of it (H12)',
    lines: ['Remote-User: \t alice \t '],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'groups-with-inner-spaces',
    why: 'chmonitor split at spaces: Domain Admins became two groups (H6)',
    lines: ['Remote-User: alice', 'Remote-Groups: Domain Admins,dev'],
    expect: authenticated({ user: 'alice', groups: ['Domain Admins', 'dev'] }),
  },
  {
    id: 'groups-trimmed-and-deduped',
    why: 'groups keep their order, without blanks and repetitions (H6)',
    lines: ['Remote-User: alice', 'Remote-Groups: dev , ,admin,,dev'],
    expect: authenticated({ user: 'alice', groups: ['dev', 'admin'] }),
  },
  {
    id: 'user-named-proto',
    why: 'names of own properties are ordinary text (H9)',
    lines: ['Remote-User: __proto__', 'Remote-Groups: constructor,__proto__,toString'],
    expect: authenticated({ user: '__proto__', groups: ['constructor', '__proto__', 'toString'] }),
  },
  {
    id: 'user-named-constructor',
    why: 'names of own properties are ordinary text (H9)',
    lines: ['Remote-User: constructor'],
    expect: authenticated({ user: 'constructor' }),
  },
  {
    id: 'malformed-name-dropped',
    why: 'a display name that cannot be read never costs the login (H4)',
    lines: ['Remote-User: alice', 'Remote-Name: J\xfcrgen'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'email-without-at-dropped',
    why: 'somebody without a mailbox is somebody (H4)',
    lines: ['Remote-User: root', 'Remote-Email: root'],
    expect: authenticated({ user: 'root' }),
  },
  {
    id: 'email-with-two-ats-dropped',
    why: 'tinyauth makes such an address of a user with an @ (H4)',
    lines: ['Remote-User: alice', 'Remote-Email: alice@example.com@app.example.com'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'email-with-comma-dropped',
    why: 'two mailboxes on one line are no repetition where lines are counted (H2)',
    lines: ['Remote-User: alice', 'Remote-Email: a@example.com,root@example.com'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'groups-600',
    why: 'a member of 600 groups is a member (H6, limits)',
    lines: [
      'Remote-User: alice',
      `Remote-Groups: ${Array.from({ length: 600 }, (_, i) => `g${i}`).join()}`,
    ],
    expect: authenticated({
      user: 'alice',
      groups: Array.from({ length: 600 }, (_, i) => `g${i}`),
    }),
  },
  {
    id: 'user-named-null',
    why: 'a word that is somebody’s name is a user, whatever a script means by it (H4)',
    lines: ['Remote-User: null', 'Remote-Groups: None'],
    expect: authenticated({ user: 'null', groups: ['None'] }),
  },
  {
    id: 'group-placeholder-dropped',
    why: 'a group that cannot be read costs its member that group, and not the login (H4)',
    lines: ['Remote-User: alice', utf8('Remote-Groups: dev,-,ad\u200bmin,ops')],
    expect: authenticated({ user: 'alice', groups: ['dev', 'ops'] }),
  },
  {
    id: 'groups-placeholder-dropped',
    why: 'Caddy 2.6 sends this for a user without groups (H4)',
    lines: ['Remote-User: alice', 'Remote-Groups: {http.reverse_proxy.header.Remote-Groups}'],
    expect: authenticated({ user: 'alice', groups: [] }),
  },
  {
    id: 'group-too-long-dropped',
    why: 'a group of 1 025 bytes is left out like any that cannot be read (H4, limits)',
    lines: ['Remote-User: alice', `Remote-Groups: dev,${'g'.repeat(1025)}`],
    expect: authenticated({ user: 'alice', groups: ['dev'] }),
  },
  {
    id: 'joiners-in-names',
    why: 'Persian and emoji are spelt with characters that nobody sees (H4)',
    lines: [
      'Remote-User: alice',
      utf8('Remote-Groups: 👩\u200d💻 developers'),
      utf8('Remote-Name: علی\u200cرضا'),
    ],
    expect: authenticated({
      user: 'alice',
      groups: ['👩\u200d💻 developers'],
      name: 'علی\u200cرضا',
    }),
  },
  {
    id: 'names-that-look-alike',
    why: 'other headers are nobody’s business, and stay readable (H3)',
    lines: [
      'X-Remote-Person: admin',
      'Remote-User: alice',
      'Remote-Users: admin',
      'RemoteUser: admin',
    ],
    expect: {
      ...authenticated({ user: 'alice' }),
      shows: ['x-remote-person', 'remote-users', 'remoteuser'],
    },
  },
  {
    id: 'many-headers',
    why: 'a browser with many cookies and hints is still a browser (H11)',
    lines: [...padding(400), 'Remote-User: alice'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'proxy-as-block',
    why: 'a block of one address is that address (T2)',
    options: { trustedProxies: '127.0.0.1/32' },
    lines: ['Remote-User: alice'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'proxy-as-mapped-address',
    why: 'an IPv4-mapped entry is the IPv4 address in it (T3)',
    options: { trustedProxies: ['::ffff:127.0.0.1'] },
    lines: ['Remote-User: alice'],
    expect: authenticated({ user: 'alice' }),
  },
];

export const accepted: ConformanceGroup = {
  title: 'the proxy names a user',
  cases: rows.map(toCase),
};
