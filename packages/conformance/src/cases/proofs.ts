import type { ConformanceCase, Exchange, Expectation, Problem } from '../case.js';
import {
  anonymous,
  asNobody,
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  type Row,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

/** A proof that has to be asked for (V2, V3), for requests from the proxy. */
export const PROVEN = { trustedProxies: [PROXY], proof: true } as const;

/** Nobody could say whether the claim is true. */
export const UNAVAILABLE: Problem = {
  kind: 'problem',
  status: 503,
  code: 'proof-unavailable',
};

const MEGABYTE = '0123456789abcde\n'.repeat(62_500);

/** A request whose user the proof names, after some milliseconds. */
export function proves(user: string, afterMs: number, path = '/whoami'): Exchange {
  return {
    send: { path, lines: [`X-Proof: ${user}-after-${afterMs}`] },
    expect: authenticated({ user }),
  };
}

const NOBODY = asNobody('/whoami', UNAUTHORIZED);
const FAILS: Exchange = {
  send: { lines: ['X-Proof: failure-after-20'] },
  expect: UNAVAILABLE,
};
const STRANGERS: Exchange = {
  send: { lines: ['X-Proof: admin-after-0'] },
  expect: forbidden('peer-untrusted'),
};
const BY_STRANGER: Expectation = forbidden('peer-untrusted');

type ProofRow = Omit<Row, 'options'>;

const rows: readonly ProofRow[] = [
  {
    id: 'proof-at-once',
    why: 'what answers at once is waited for as well: the decision comes a turn later',
    lines: ['X-Proof: alice-after-0'],
    asked: ['alice-after-0'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'proof-later',
    why: 'the request waits for the answer, and nobody is asked twice about it (V2)',
    lines: ['X-Proof: alice-after-60'],
    asked: ['alice-after-60'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'proof-read-before',
    why: 'the proof is hidden on arrival, not when the answer is there: also where somebody held the headers (H10)',
    earlyReader: true,
    lines: ['Remote-User: alice', 'X-Proof: alice-after-60'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'proof-of-the-same-user',
    why: 'the headers and the proof name one user',
    lines: ['Remote-User: alice', 'X-Proof: alice-after-20'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'proof-of-another-user',
    why: 'two users, of whom nobody can tell which is meant',
    lines: ['Remote-User: mallory', 'X-Proof: alice-after-20'],
    expect: forbidden('proof-invalid'),
  },
  {
    id: 'proof-missing',
    why: 'whoever can connect from the proxy’s address has no proof of theirs (V2)',
    lines: ['Remote-User: mallory', 'Remote-Groups: admin'],
    expect: forbidden('proof-missing'),
  },
  {
    id: 'proof-of-groups',
    why: 'groups are what the proof says',
    path: '/admin',
    lines: ['X-Proof: root-after-20'],
    expect: authenticated({ user: 'root', groups: ['admin'] }),
  },
  {
    id: 'proof-goes-before-groups',
    why: 'who has a proof of their own must not give themselves groups by a header',
    path: '/admin',
    lines: ['Remote-User: alice', 'Remote-Groups: admin', 'X-Proof: alice-after-20'],
    expect: forbidden('group-missing'),
  },
  {
    id: 'proof-of-nobody',
    why: 'a request without a claim is nobody’s, and nobody is asked',
    asked: [],
    expect: UNAUTHORIZED,
  },
  {
    id: 'proof-says-nobody',
    why: 'a proof may say that nobody is there: 401, and where nobody may pass they do',
    path: '/public',
    lines: ['X-Proof: nobody-after-20'],
    expect: anonymous(true),
  },
  {
    id: 'proof-from-a-stranger',
    why: 'strangers must not make anybody ask: not of keys, not of a daemon (T6)',
    peer: STRANGER,
    lines: ['X-Proof: admin-after-20'],
    asked: [],
    expect: BY_STRANGER,
  },
  {
    id: 'proof-from-a-stranger-in-public',
    why: 'a refused claim is refused everywhere (D1)',
    peer: STRANGER,
    path: '/public',
    lines: ['X-Proof: admin-after-20'],
    asked: [],
    expect: BY_STRANGER,
  },
  {
    id: 'proof-unavailable',
    why: 'who cannot be asked has not said yes: 503, and the client may try again',
    lines: ['Remote-User: alice', 'X-Proof: failure-after-20'],
    expect: UNAVAILABLE,
  },
  {
    id: 'proof-unavailable-at-once',
    why: 'a proof may throw, too',
    lines: ['X-Proof: failure-after-0'],
    expect: UNAVAILABLE,
  },
  {
    id: 'proof-unavailable-in-public',
    why: 'nothing lets a claim through about which nobody could say (D1)',
    path: '/public',
    lines: ['X-Proof: failure-after-20'],
    expect: UNAVAILABLE,
  },
  {
    id: 'proof-unavailable-for-a-page',
    why: 'people get a page (D2)',
    lines: ['Accept: text/html', 'X-Proof: failure-after-20'],
    expect: { ...UNAVAILABLE, as: 'html' },
  },
  {
    id: 'proof-on-two-lines',
    why: 'two proofs cannot be read one way only, and nobody is asked about them (H2)',
    lines: ['X-Proof: alice-after-0', 'X-Proof: admin-after-0'],
    asked: [],
    expect: forbidden('header-repeated'),
  },
  {
    id: 'proof-by-alias',
    why: 'another server reads both as one header (H3)',
    lines: ['X-Proof: alice-after-0', 'X_Proof: admin-after-0'],
    asked: [],
    expect: forbidden('header-ambiguous'),
  },
  {
    id: 'proof-by-alias-only',
    why: 'an alias claims (H3)',
    lines: ['X.Proof: admin-after-0'],
    asked: [],
    expect: forbidden('header-ambiguous'),
  },
  {
    id: 'proof-hop-by-hop',
    why: 'a proxy on the way may have taken the proxy’s own away, and left a client’s (H3)',
    lines: ['Connection: close, X-Proof', 'X-Proof: admin-after-0'],
    asked: [],
    expect: forbidden('header-hop-by-hop'),
  },
  {
    id: 'proof-in-trailers',
    why: 'a proof behind the body is none, and nobody reads it (H10)',
    method: 'POST',
    lines: ['X-Proof: alice-after-60'],
    body: 'hello',
    trailers: ['X-Proof: mallory-after-0', 'X_Proof: mallory-after-0'],
    asked: ['alice-after-60'],
    expect: { ...authenticated({ user: 'alice' }), body: 'hello' },
  },
  {
    id: 'proof-before-a-megabyte',
    why: 'a body that arrives while the answer is waited for comes out whole',
    method: 'POST',
    lines: ['X-Proof: alice-after-80'],
    body: MEGABYTE,
    expect: { ...authenticated({ user: 'alice' }), body: MEGABYTE },
  },
  {
    id: 'proof-of-head',
    why: 'HEAD waits like GET',
    method: 'HEAD',
    lines: ['X-Proof: alice-after-20'],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'proof-over-http-1.0',
    why: 'nginx speaks HTTP/1.0 to its upstreams by default',
    version: '1.0',
    lines: ['X-Proof: alice-after-20'],
    expect: authenticated({ user: 'alice' }),
  },
];

/** A body that is a request: whoever answers before reading it must not take it for the next one. */
const SMUGGLED = 'GET /whoami HTTP/1.1\r\nHost: app.test\r\nX-Proof: mallory-after-0\r\n\r\n';

const together: readonly ConformanceCase[] = [
  {
    id: 'proof-users-in-turn',
    why: 'a proxy sends all its users over one connection: no answer stays on it (A2)',
    conversations: [
      from(
        PROXY,
        proves('alice', 40),
        proves('bobby', 0),
        NOBODY,
        FAILS,
        proves('carol', 20),
        NOBODY,
      ),
    ],
  },
  {
    id: 'proof-pipelined',
    why: 'a later answer of the proof must not become an earlier answer of the server, nor another user’s',
    conversations: [
      {
        ...from(PROXY, proves('alice', 80), proves('bobby', 0), NOBODY, FAILS, proves('carol', 20)),
        pipelined: true,
      },
    ],
  },
  {
    id: 'proof-pipelined-by-a-stranger',
    why: 'requests that come in one piece are still several',
    conversations: [
      {
        ...from(STRANGER, asNobody('/public', anonymous(false)), STRANGERS, STRANGERS),
        pipelined: true,
      },
    ],
    asked: [],
  },
  {
    id: 'proof-of-60-users-at-once',
    why: 'answers that overtake each other belong to who asked',
    atOnce: true,
    conversations: Array.from({ length: 60 }, (_, i) => {
      if (i % 10 === 8) return from(STRANGER, STRANGERS);
      return from(PROXY, i % 10 === 9 ? NOBODY : proves(`user-${i}`, (i * 7) % 40));
    }),
  },
  {
    id: 'proof-while-the-client-hangs-up',
    why: 'browsers leave while the answer is waited for: the next request must not notice',
    conversations: [
      from(PROXY, {
        send: { lines: ['X-Proof: alice-after-60'] },
        expect: { kind: 'hung-up', mayRun: false, whileAsked: true },
      }),
      from(PROXY, {
        send: {
          method: 'POST',
          lines: ['X-Proof: alice-after-60', 'Content-Length: 1000'],
          body: 'only this',
        },
        expect: { kind: 'hung-up', mayRun: false, whileAsked: true },
      }),
      // Later than the others' answers, whose handlers must not have run by then.
      from(PROXY, proves('bobby', 150), NOBODY),
    ],
  },
  {
    id: 'proof-refused-body-is-no-request',
    why: 'the body of a refused request is not read, and must not be the next request (smuggling)',
    conversations: [
      from(
        PROXY,
        {
          send: { method: 'POST', lines: ['X-Proof: failure-after-20'], body: SMUGGLED },
          expect: UNAVAILABLE,
        },
        proves('alice', 0),
      ),
    ],
  },
  {
    id: 'proof-of-a-post-from-another-origin',
    why: 'a proof of who is asking is none of what they want (P4)',
    options: { ...PROVEN, sameOrigin: 'unsafe' },
    conversations: [
      from(PROXY, {
        send: {
          method: 'POST',
          lines: ['X-Proof: alice-after-20', 'Origin: https://evil.test'],
          body: 'x',
        },
        expect: forbidden('cross-origin'),
      }),
    ],
  },
  {
    id: 'proof-unavailable-answered',
    why: 'the application answers 503 in its own way (D6)',
    options: { ...PROVEN, onRefusal: 'answers-later' },
    conversations: [
      from(PROXY, {
        send: { lines: ['X-Proof: failure-after-20'] },
        expect: { kind: 'answered', status: 503, code: 'proof-unavailable', refusal: 'refused' },
      }),
    ],
  },
  {
    id: 'proof-in-the-log',
    why: 'the operator reads why, and nothing of what came (D3)',
    conversations: [from(PROXY, FAILS, proves('alice', 0))],
    log: [['nobody could be asked', 'X-Proof']],
  },
];

export const proofs: ConformanceGroup = {
  title: 'proofs that have to be asked for',
  cases: [...rows.map(toCase), ...together].map((each) => ({ options: PROVEN, ...each })),
};
