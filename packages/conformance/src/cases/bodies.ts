import { utf8 } from '../wire/utf8.js';
import {
  anonymous,
  asUser,
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

const LARGE = '0123456789abcdef'.repeat(16_384);

const rows = [
  {
    id: 'post-body',
    why: 'deciding must not touch the body',
    method: 'POST',
    lines: ['Remote-User: alice', 'Content-Type: text/plain; charset=utf-8'],
    body: utf8('grüße=1&user=admin'),
    expect: { ...authenticated({ user: 'alice' }), body: 'grüße=1&user=admin' },
  },
  {
    id: 'post-large-body',
    why: 'a body in many pieces comes out whole',
    method: 'POST',
    lines: ['Remote-User: alice'],
    body: LARGE,
    expect: { ...authenticated({ user: 'alice' }), body: LARGE },
  },
  {
    id: 'trailer-with-user',
    why: 'trailers come after the decision and behind the proxy’s filter (H10)',
    method: 'POST',
    lines: ['Remote-User: alice', 'Trailer: X-Checksum'],
    body: 'hello',
    trailers: ['X-Checksum: 1234', 'Remote-User: mallory', 'Remote_Groups: admins'],
    expect: { ...authenticated({ user: 'alice' }), body: 'hello' },
  },
  {
    id: 'trailers-left-readable',
    why: 'hiding a user among trailers must not hide the others: shows that the target reads trailers',
    method: 'POST',
    lines: ['Remote-User: alice'],
    body: 'hello',
    trailers: ['Remote-User: mallory', 'X-Checksum: 1234'],
    expect: { ...authenticated({ user: 'alice' }), shows: ['x-checksum'] },
  },
  {
    id: 'trailer-with-user-read-before',
    why: 'trailers come after the decision, also where somebody looked for them before (H10)',
    method: 'POST',
    earlyReader: true,
    lines: ['Remote-User: alice'],
    body: 'hello',
    trailers: ['Remote-User: mallory'],
    expect: { ...authenticated({ user: 'alice' }), body: 'hello' },
  },
  {
    id: 'trailer-is-no-claim',
    why: 'a user behind the body does not sign in',
    method: 'POST',
    body: 'hello',
    trailers: ['Remote-User: mallory'],
    expect: UNAUTHORIZED,
  },
  {
    id: 'trailer-from-nobody-in-public',
    why: 'handlers see no identity among trailers, whatever the decision was (H10)',
    method: 'POST',
    peer: STRANGER,
    path: '/public',
    body: 'hello',
    trailers: ['Remote-User: mallory', 'REMOTE_USER: mallory', 'Remote.Groups: admins'],
    expect: { ...anonymous(false), body: 'hello' },
  },
  {
    id: 'head',
    why: 'HEAD is GET without the body',
    method: 'HEAD',
    lines: ['Remote-User: alice'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'head-for-nobody',
    why: 'HEAD is GET without the body',
    method: 'HEAD',
    expect: UNAUTHORIZED,
  },
  {
    id: 'head-from-a-stranger',
    why: 'HEAD is GET without the body',
    method: 'HEAD',
    peer: STRANGER,
    lines: ['Remote-User: admin'],
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'http-1.0',
    why: 'nginx speaks HTTP/1.0 to its upstreams by default',
    version: '1.0',
    lines: ['Remote-User: alice'],
    expect: authenticated({ user: 'alice' }),
  },
] as const;

/** A body that is a request: whoever answers before reading it must not take it for the next one. */
const SMUGGLED = 'GET /whoami HTTP/1.1\r\nHost: app.test\r\nRemote-User: mallory\r\n\r\n';

export const bodies: ConformanceGroup = {
  title: 'bodies, trailers and methods',
  cases: [
    ...rows.map(toCase),
    {
      id: 'refused-body-is-no-request',
      why: 'the body of a refused request is not read, and must not be the next request (smuggling)',
      conversations: [
        from(
          PROXY,
          { send: { method: 'POST', body: SMUGGLED }, expect: UNAUTHORIZED },
          asUser('alice'),
        ),
      ],
    },
  ],
};
