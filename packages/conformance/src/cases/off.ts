import {
  anonymous,
  type ConformanceGroup,
  from,
  PROXY,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

/** What an operator has who has set no TRUSTED_PROXIES. */
const OFF = { trustedProxies: [], optional: true } as const;

const ALICE = 'Remote-User: alice';
const NOBODY = anonymous(false);

const rows = [
  {
    id: 'off-lets-nobody-pass',
    why: 'who has not switched header login on has no login of ours: the application asks in its own way (D6)',
    options: OFF,
    expect: NOBODY,
  },
  {
    id: 'off-on-an-empty-setting',
    why: 'an env variable that is set to nothing is not set (D6)',
    options: { trustedProxies: '', optional: true },
    expect: NOBODY,
  },
  {
    id: 'off-without-a-setting',
    why: 'an env variable that is not set is undefined (D6)',
    options: { trustedProxies: undefined, optional: true },
    expect: NOBODY,
  },
  {
    id: 'off-strips-a-claim',
    why: 'no proxy is known to be one: what looks like its claim is nobody’s, and its headers are gone (D6)',
    options: OFF,
    lines: [ALICE, 'Remote-Groups: admin', 'Remote-Name: Alice', 'Remote-Email: a@example.com'],
    expect: NOBODY,
  },
  {
    id: 'off-strips-a-forgery',
    why: 'what left the adapter out when it was off could read a stranger’s Remote-User again (D6)',
    peer: STRANGER,
    options: OFF,
    lines: [ALICE, 'Remote-Groups: admin'],
    expect: NOBODY,
  },
  {
    id: 'off-strips-an-early-reader',
    why: 'what a middleware has read before is clean as well, on or off (H10)',
    peer: STRANGER,
    options: OFF,
    earlyReader: true,
    lines: [ALICE],
    expect: NOBODY,
  },
  {
    id: 'off-strips-an-alias',
    why: 'an application on CGI reads Remote_User too (H3, H10)',
    peer: STRANGER,
    options: OFF,
    lines: ['Remote_User: mallory', 'Remote.User: mallory'],
    expect: NOBODY,
  },
  {
    id: 'off-strips-a-trailer',
    why: 'trailers are headers that come later (H10)',
    method: 'POST',
    peer: STRANGER,
    options: OFF,
    body: 'four',
    trailers: [ALICE],
    expect: NOBODY,
  },
  {
    id: 'off-refuses-no-claim',
    why: 'two users are no ambiguity where nobody is believed: other logins go on (D6)',
    options: OFF,
    lines: [ALICE, 'Remote-User: bob', 'Connection: Remote-User'],
    expect: NOBODY,
  },
  {
    id: 'off-guard-asks',
    why: 'requireIdentity() lets nobody pass, whatever the reason why they are nobody',
    path: '/admin',
    options: OFF,
    lines: [ALICE, 'Remote-Groups: admin'],
    expect: UNAUTHORIZED,
  },
  {
    id: 'off-refuses-where-it-is-written',
    why: 'an application that nothing else protects writes anonymous: refuse, and is closed while it is off (D6)',
    options: { ...OFF, anonymous: 'refuse' },
    lines: [ALICE],
    expect: UNAUTHORIZED,
  },
  {
    id: 'off-asks-a-function',
    why: 'an application that tells by the request is asked while it is off as well (D6)',
    options: { ...OFF, anonymous: 'asked-allows' },
    expect: NOBODY,
  },
  {
    id: 'off-asks-a-function-that-tells-nothing',
    why: 'what tells nothing refuses, on or off (D6)',
    options: { ...OFF, anonymous: 'asked-tells-nothing' },
    expect: UNAUTHORIZED,
  },
] as const;

/** RFC 6455 section 4.1, with the key of its section 1.3. */
const HANDSHAKE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
const OPENED = { kind: 'upgraded', decision: { kind: 'anonymous', trusted: false } } as const;

export const off: ConformanceGroup = {
  title: 'header login is off',
  cases: [
    ...rows.map(toCase),
    {
      id: 'off-opens-sockets',
      why: 'a WebSocket of an application with another login is opened, and its headers are stripped (D6)',
      options: OFF,
      conversations: [
        from(STRANGER, {
          send: { path: '/socket', lines: [...HANDSHAKE, ALICE] },
          expect: OPENED,
        }),
      ],
    },
    {
      id: 'off-is-quiet',
      why: 'one line at start says that it is off: claims that nobody believes fill no log (D6)',
      options: OFF,
      conversations: [
        from(
          PROXY,
          { send: { lines: [ALICE] }, expect: NOBODY },
          { send: { lines: [ALICE, ALICE] }, expect: NOBODY },
          { send: { path: '/admin', lines: [ALICE] }, expect: UNAUTHORIZED },
        ),
      ],
      log: [],
    },
    {
      id: 'off-at-the-door',
      why: 'who listens beside the framework sees no identity header either (A6, D6)',
      options: OFF,
      witnesses: ['logger'],
      conversations: [from(STRANGER, { send: { lines: [ALICE] }, expect: NOBODY })],
    },
  ],
};
