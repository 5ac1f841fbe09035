import { utf8 } from '../wire/utf8.js';
import {
  anonymous,
  authenticated,
  type ConformanceGroup,
  CUT_OFF,
  forbidden,
  PROXY,
  padding,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

/** What a stranger sends, and is refused for, whatever form the claim has. */
const forgeries = [
  {
    id: 'stranger-full-claim',
    why: 'Gogs CVE-2026-25119 and others believed the header from any client',
    lines: ['Remote-User: admin', 'Remote-Groups: admin', 'Remote-Email: admin@example.com'],
  },
  { id: 'stranger-user', why: 'the smallest forgery', lines: ['Remote-User: admin'] },
  {
    id: 'stranger-groups-only',
    why: 'a claim without a user is a claim (H7)',
    lines: ['Remote-Groups: admin'],
  },
  {
    id: 'stranger-email-only',
    why: 'a claim without a user is a claim (H7)',
    lines: ['Remote-Email: admin@example.com'],
  },
  { id: 'stranger-lower-case', why: 'header names have no case', lines: ['remote-user: admin'] },
  {
    id: 'stranger-underscore',
    why: 'an alias is a claim too (H3)',
    lines: ['Remote_User: admin'],
  },
  { id: 'stranger-dot', why: 'an alias is a claim too (H3)', lines: ['Remote.User: admin'] },
  {
    id: 'stranger-twice',
    why: 'nothing of the claim is parsed: the reason is the peer (H7)',
    lines: ['Remote-User: alice', 'Remote-User: admin'],
  },
  {
    id: 'stranger-invalid-utf8',
    why: 'nothing of the claim is parsed: the reason is the peer (H7)',
    lines: ['Remote-User: \xff\xfe\xfd'],
  },
  {
    id: 'stranger-bidi',
    why: 'nothing of the claim is parsed: the reason is the peer (H7)',
    lines: [utf8('Remote-User: \u202enimda')],
  },
  {
    id: 'stranger-hop-by-hop',
    why: 'nothing of the claim is parsed: the reason is the peer (H7)',
    lines: ['Connection: keep-alive, Remote-User', 'Remote-User: admin'],
  },
  {
    id: 'stranger-forwarded-chain',
    why: 'no position in X-Forwarded-For is the peer, first, last or on a second line (A3)',
    lines: [
      'X-Forwarded-For: 127.0.0.1, 127.0.0.1',
      'Forwarded: for=127.0.0.1;by=127.0.0.1',
      'Remote-User: admin',
    ],
  },
  {
    id: 'stranger-as-a-test',
    why: 'only a test in this very process says where a request comes from (asUser)',
    lines: ['X-Trusted-Header-Test: 127.0.0.1', 'Remote-User: admin'],
  },
  {
    id: 'stranger-padded',
    why: 'a claim among many lines is a claim (H11)',
    lines: [...padding(600), 'Remote-User: admin'],
  },
  {
    id: 'stranger-http-1.0',
    why: 'an old protocol version is no way around',
    version: '1.0',
    lines: ['Remote-User: admin'],
  },
  {
    id: 'stranger-post',
    why: 'no method gets in by itself',
    method: 'POST',
    body: 'x=1',
    lines: ['Remote-User: admin'],
  },
  {
    id: 'stranger-options',
    why: 'no method gets in by itself',
    method: 'OPTIONS',
    lines: ['Remote-User: admin'],
  },
  {
    id: 'stranger-read-before',
    why: 'a middleware that read the headers first changes nothing',
    earlyReader: true,
    lines: ['Remote-User: admin'],
  },
] as const;

const IGNORE = { trustedProxies: [PROXY], untrusted: 'ignore' } as const;
const ALL_SPELLINGS = [
  'Remote-User: mallory',
  'remote-user: mallory',
  'Remote_User: mallory',
  'Remote.User: mallory',
  'REMOTE_USER: mallory',
  'Remote-Groups: admins',
  'Remote_Groups: admins',
  'Remote-Name: mallory',
  'Remote-Email: mallory@example.com',
];

const rows = [
  ...forgeries.map(
    (row) => ({ ...row, peer: STRANGER, expect: forbidden('peer-untrusted') }) as const,
  ),
  {
    id: 'loopback-is-nobody-special',
    why: 'Miniflux and others take 127.0.0.1 for local: only the list counts (T1)',
    options: { trustedProxies: ['127.0.0.3'] },
    lines: ['Remote-User: admin'],
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'ipv4-compatible-is-not-mapped',
    why: '::127.0.0.1 is another address than 127.0.0.1; ipaddr.js 2 reads it as the same (T3)',
    options: { trustedProxies: ['::127.0.0.1'] },
    lines: ['Remote-User: admin'],
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'stranger-hidden-claim',
    why: 'Node drops the claim behind 1 100 lines: what cannot be seen is refused (H11)',
    peer: STRANGER,
    lines: [...padding(1100), 'Remote-User: admin'],
    expect: CUT_OFF,
  },
  {
    id: 'ignored-claim-is-nobody',
    why: 'untrusted: ignore makes a stranger’s claim nothing, not something',
    options: IGNORE,
    peer: STRANGER,
    lines: ['Remote-User: admin'],
    expect: UNAUTHORIZED,
  },
  {
    id: 'ignored-claim-is-stripped',
    why: 'handlers see nothing of a claim that was ignored, in any spelling (H10)',
    options: IGNORE,
    peer: STRANGER,
    path: '/public',
    lines: ALL_SPELLINGS,
    expect: anonymous(false),
  },
  {
    id: 'ignored-claim-is-stripped-when-read-before',
    why: 'handlers see nothing of it, though Node has cached every header object (H10)',
    options: IGNORE,
    earlyReader: true,
    peer: STRANGER,
    path: '/public',
    lines: ALL_SPELLINGS,
    expect: anonymous(false),
  },
  {
    id: 'ignored-claim-between-other-headers',
    why: 'stripping takes names and values in pairs, and nothing else with them (H10)',
    options: IGNORE,
    peer: STRANGER,
    path: '/public',
    lines: [
      'X-Before: 1',
      'Remote-User: mallory',
      'X-Between: 2',
      'Remote_User: mallory',
      'X-After: 3',
    ],
    expect: { ...anonymous(false), shows: ['x-before', 'x-between', 'x-after'] },
  },
  {
    id: 'proxy-believed-where-others-are-ignored',
    why: 'untrusted: ignore says nothing about the proxy',
    options: IGNORE,
    lines: ['Remote-User: alice'],
    expect: authenticated({ user: 'alice' }),
  },
] as const;

export const strangers: ConformanceGroup = {
  title: 'somebody else claims a user',
  cases: rows.map(toCase),
};
