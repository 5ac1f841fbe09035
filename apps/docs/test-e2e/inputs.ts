import { EMPTY, type PlaygroundInput } from '../src/playground/input.js';

/** Requests as people paste them, well and badly. */
const TEXTS = [
  'Remote-User: john\n',
  'Remote-User: john\nRemote-Groups: admin,dev\nRemote-Name: John Doe\nRemote-Email: john@example.com\n',
  'remote-user: jürgen\nREMOTE-GROUPS: a, b ,,c\n',
  'Remote-User: john\nRemote-User: admin\n',
  'Remote-User: john\nRemote_User: admin\n',
  'Remote-User: john\nConnection: close, Remote-User\n',
  'Remote-User: john, admin\n',
  'Remote-User: (null)\n',
  'Remote-User: \n',
  'Remote-Groups: admin\n',
  'Remote-User: jo\u200bhn\n',
  'Remote-User: john\nRemote-Name: a\u202eb\nRemote-Email: nobody\n',
  `Remote-User: ${'x'.repeat(300)}\n`,
  'Remote-User: john\nX-Forwarded-User: jane\n',
  'X-authentik-username: john\nX-authentik-groups: a|b\n',
  'Tailscale-User-Login: john@example.com\nTailscale-User-Name: =?utf-8?q?J=C3=BCrgen?=\n',
  'Host: app.example.com\nAccept: */*\n',
  '> GET / HTTP/1.1\n> Host: app\n> Remote-User: john\n> \n< HTTP/1.1 200 OK\n< \n',
  '> Remote-User: john\n> Remote-Groups: dev\n',
  '> GET / HTTP/1.1\n> \n< HTTP/1.1 200 OK\n< Remote-User: john\n< \n',
  '> GET / HTTP/1.1\n> \n< HTTP/1.1 401 Unauthorized\n< \n',
  'Hostname: a\nRemoteAddr: 172.20.0.2:41244\nGET / HTTP/1.1\nRemote-User: john\n\n',
  'Hostname: a\r\nRemoteAddr: [fd00::2]:41244\r\nGET / HTTP/1.1\r\nRemote-User: john\r\n\r\n',
  '{"headers":{"Remote-User":["jürgen"]},"remoteAddr":"172.20.0.2:1"}',
  '{"log":{"entries":[{"request":{"headers":[{"name":"Remote-User","value":"john"}]}}]}}',
  '{"a":1}',
  '{',
  '2026/10/01 10:00:00 [error] 12#12: *5 upstream sent too big header while reading, client: 1.2.3.4\n',
  'time="2026-10-01" level=info msg="Access to https://a is not authorized to user <anonymous>"\n',
  'hello\n',
  'Remote User: john\n',
  'Remote-User : john\n',
  '',
];

const SETTINGS: readonly Partial<PlaygroundInput>[] = [
  { trusted: '172.20.0.2', peer: '172.20.0.2' },
  { trusted: '172.20.0.0/16, fd00::2', profile: 'authentik', peer: '172.20.0.9' },
  { trusted: '172.20.0.2', required: 'groups,email' },
];

const OTHERS: readonly Partial<PlaygroundInput>[] = [
  { trusted: 'traefik', peer: '172.20.0.2' },
  { trusted: '0.0.0.0/0', peer: '172.20.0.2' },
  { trusted: '172.20.0.1/16', peer: '172.20.0.2' },
  { trusted: '172.20.0.2', peer: '::ffff:172.20.0.2' },
  { trusted: '172.20.0.2', peer: '172.20.0.02' },
  { trusted: '172.20.0.2', peer: 'localhost' },
  { trusted: 'unix:/run/app.sock', socket: '/run/app.sock' },
  { trusted: 'unix:/run/app.sock', socket: '/run/other.sock' },
  { trusted: '172.20.0.2', peer: '172.20.0.2', required: 'age' },
  { trusted: '172.20.0.2', peer: '172.20.0.2', limits: 'groups=1' },
  { trusted: '172.20.0.2', peer: '172.20.0.2', limits: 'groups' },
  { trusted: '172.20.0.2', peer: '172.20.0.2', limits: 'none=1' },
  { peer: '172.20.0.2' },
];

/** More than a hundred questions: every text with every setting, and settings that are odd. */
export const INPUTS: readonly PlaygroundInput[] = [
  ...TEXTS.flatMap((text) => SETTINGS.map((settings) => ({ ...EMPTY, ...settings, text }))),
  ...OTHERS.map((settings) => ({
    ...EMPTY,
    ...settings,
    text: 'Remote-User: john\nRemote-Groups: a,b\n',
  })),
];
