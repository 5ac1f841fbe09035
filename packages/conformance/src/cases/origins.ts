import type { Expectation } from '../case.js';
import {
  anonymous,
  authenticated,
  type ConformanceGroup,
  forbidden,
  PROXY,
  type Row,
  toCase,
} from './build.js';

const ALICE = 'Remote-User: alice';
const EVIL = 'Origin: https://evil.test';
const HANDSHAKE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
const UNSAFE = { trustedProxies: ['127.0.0.1'], sameOrigin: 'unsafe' } as const;
const CROSS = forbidden('cross-origin');
const OPENED: Expectation = {
  kind: 'upgraded',
  decision: {
    kind: 'authenticated',
    identity: { user: 'alice' },
    source: { kind: 'address', address: PROXY },
  },
};

const sockets: readonly Row[] = [
  {
    id: 'origin-of-a-socket-is-another',
    why: 'any site that a user visits could open a WebSocket as that user: no CORS rule forbids it (P4)',
    lines: [EVIL],
    expect: CROSS,
  },
  {
    id: 'origin-of-a-socket-is-null',
    why: 'a sandboxed frame of anybody has the origin null',
    lines: ['Origin: null'],
    expect: CROSS,
  },
  {
    id: 'origin-of-a-socket-by-fetch-metadata',
    why: 'no page can write Sec-Fetch-Site, and a subdomain is another origin',
    lines: ['Origin: http://app.test', 'Sec-Fetch-Site: same-site'],
    expect: CROSS,
  },
  {
    id: 'origin-of-a-socket-is-ours',
    why: 'the application’s own page opens WebSockets',
    lines: ['Origin: http://app.test'],
    expect: OPENED,
  },
  {
    id: 'origin-of-a-socket-is-allowed',
    why: 'an application may name other origins of its own',
    options: { trustedProxies: ['127.0.0.1'], allowedOrigins: ['https://evil.test'] },
    lines: [EVIL],
    expect: OPENED,
  },
  {
    id: 'origin-of-a-socket-is-not-asked',
    why: 'sameOrigin: false asks nobody',
    options: { trustedProxies: ['127.0.0.1'], sameOrigin: false },
    lines: [EVIL],
    expect: OPENED,
  },
];

const requests: readonly Row[] = [
  {
    id: 'origin-of-a-post-is-not-asked',
    why: 'many applications take cross-origin POSTs on purpose: they say so if they want to be asked (P4)',
    method: 'POST',
    body: 'x',
    lines: [ALICE, EVIL],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'origin-of-a-post-is-another',
    why: 'a form on another site would be sent as the user: a proxy’s identity is ambient (P4)',
    options: UNSAFE,
    method: 'POST',
    body: 'x',
    lines: [ALICE, EVIL],
    expect: CROSS,
  },
  {
    id: 'origin-of-a-post-twice',
    why: 'two origins cannot be read in one way',
    options: UNSAFE,
    method: 'POST',
    body: 'x',
    lines: [ALICE, 'Origin: http://app.test', EVIL],
    expect: CROSS,
  },
  {
    id: 'origin-of-a-delete-by-fetch-metadata',
    why: 'Sec-Fetch-Site goes before Origin',
    options: UNSAFE,
    method: 'DELETE',
    lines: [ALICE, 'Sec-Fetch-Site: cross-site'],
    expect: CROSS,
  },
  {
    id: 'origin-of-a-post-by-a-program',
    why: 'a program sends neither, and has no session at the proxy that a page could misuse',
    options: UNSAFE,
    method: 'POST',
    body: 'x',
    lines: [ALICE],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'origin-of-a-get-is-not-asked',
    why: 'a link from another site is how people come (RFC 9110 section 9.2.1)',
    options: UNSAFE,
    lines: [ALICE, 'Sec-Fetch-Site: cross-site'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'origin-of-nobody-is-not-asked',
    why: 'with nobody’s request another site can do nothing that it could not do by itself',
    options: { ...UNSAFE, anonymous: 'allow' },
    method: 'POST',
    body: 'x',
    lines: [EVIL],
    expect: anonymous(true),
  },
];

export const origins: ConformanceGroup = {
  title: 'requests of other origins',
  cases: [...sockets.map(asUpgrade), ...requests].map(toCase),
};

function asUpgrade({ lines = [], ...row }: Row): Row {
  return { ...row, path: '/socket', lines: [...HANDSHAKE, ALICE, ...lines] };
}
