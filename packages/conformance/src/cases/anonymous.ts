import {
  anonymous,
  authenticated,
  type ConformanceGroup,
  forbidden,
  NEVER_HANDLED,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

const rows = [
  {
    id: 'nobody-refused',
    why: 'authentik CVE-2026-25748: a request that the proxy let through without a user is nobody (D1)',
    expect: UNAUTHORIZED,
  },
  {
    id: 'nobody-refused-from-a-stranger',
    why: 'who claims nothing is anonymous from anywhere (D)',
    peer: STRANGER,
    expect: UNAUTHORIZED,
  },
  {
    id: 'nobody-allowed-in-public',
    why: 'anonymous: allow opens one mount (D1)',
    path: '/public',
    expect: anonymous(true),
  },
  {
    id: 'nobody-allowed-in-public-from-a-stranger',
    why: 'the decision tells that the request did not come through the proxy',
    peer: STRANGER,
    path: '/public',
    expect: anonymous(false),
  },
  {
    id: 'nobody-allowed-everywhere',
    why: 'anonymous: allow is an option of the application too (D1)',
    options: { trustedProxies: ['127.0.0.1'], anonymous: 'allow' },
    expect: anonymous(true),
  },
  {
    id: 'user-known-in-public',
    why: 'an open mount still knows who is there',
    path: '/public',
    lines: ['Remote-User: alice'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'empty-user-is-nobody',
    why: 'a header without a value claims nothing (H7)',
    lines: ['Remote-User:'],
    expect: UNAUTHORIZED,
  },
  {
    id: 'four-empty-headers-are-nobody',
    why: 'a proxy that sets all four from nothing names nobody; the handler sees none of them (H7, H10)',
    path: '/public',
    lines: ['Remote-User:', 'Remote-Groups:', 'Remote-Name:', 'Remote-Email: '],
    expect: anonymous(true),
  },
  {
    id: 'forgery-refused-in-public',
    why: 'nothing lets a refused request through, an open mount neither (D1)',
    peer: STRANGER,
    path: '/public',
    lines: ['Remote-User: admin'],
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'ambiguity-refused-in-public',
    why: 'nothing lets a refused request through, an open mount neither (D1)',
    path: '/public',
    lines: ['Remote-User: alice', 'Remote-User: admin'],
    expect: forbidden('header-repeated'),
  },
  {
    id: 'nobody-by-other-means',
    why: 'a user in the query, a cookie or Authorization is no claim',
    path: '/public?Remote-User=admin&remote_user=admin',
    lines: ['Cookie: Remote-User=admin', 'Authorization: Basic YWRtaW46YWRtaW4='],
    expect: anonymous(true),
  },
  {
    id: 'nobody-on-an-unknown-path',
    why: 'one line protects the application, also the paths that it does not have (D1)',
    path: '/no-such-path',
    expect: UNAUTHORIZED,
  },
  {
    id: 'forgery-on-an-unknown-path',
    why: 'a claim that is not believed is refused before anything is routed',
    peer: STRANGER,
    path: '/no-such-path',
    lines: ['Remote-User: admin'],
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'preflight-is-no-exception',
    why: 'no method gets in by itself (D1)',
    method: 'OPTIONS',
    lines: ['Origin: https://evil.test', 'Access-Control-Request-Method: POST'],
    expect: UNAUTHORIZED,
  },
  {
    id: 'guard-without-adapter',
    why: 'requireIdentity() where trustedHeader() was forgotten lets nobody in',
    path: '/unguarded',
    lines: ['Remote-User: alice'],
    expect: NEVER_HANDLED,
  },
  {
    id: 'guard-without-adapter-for-nobody',
    why: 'requireIdentity() where trustedHeader() was forgotten lets nobody in',
    path: '/unguarded',
    expect: NEVER_HANDLED,
  },
] as const;

export const anonymousRequests: ConformanceGroup = {
  title: 'nobody claims anything',
  cases: rows.map(toCase),
};
