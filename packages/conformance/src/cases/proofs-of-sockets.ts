import type { ConformanceCase, Exchange, Witness } from '../case.js';
import {
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  UNAUTHORIZED,
} from './build.js';
import { PROVEN, proves, UNAVAILABLE } from './proofs.js';

/** RFC 6455 section 4.1, with the key of its section 1.3. */
const HANDSHAKE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

/** A ping that says `early`, under a mask of zeros, and what every WebSocket library answers to it (RFC 6455 section 5.5.3). */
const PING = '\x89\x85\0\0\0\0early';
const PONG = '\x8a\x05early';

function opens(user: string, afterMs: number): Exchange {
  const { decision } = authenticated({ user });
  return {
    send: {
      path: '/socket',
      lines: [...HANDSHAKE, `X-Proof: ${user}-after-${afterMs}`],
      behind: PING,
    },
    expect: { kind: 'upgraded', decision, behind: PONG },
  };
}

function isRefused(peer: typeof PROXY | typeof STRANGER, proof: string, code: string) {
  const lines = [...HANDSHAKE, `X-Proof: ${proof}`];
  const expect = code === UNAVAILABLE.code ? UNAVAILABLE : forbidden(code);
  return from(peer, { send: { path: '/socket', lines }, expect });
}

/** Somebody else at the server gets a request when it is proven, and no other. */
function comesTo(by: Witness, send: Exchange['send']): ConformanceCase['conversations'] {
  const lines = send.lines ?? [];
  const { decision } = authenticated({ user: 'alice' });
  const withProof = (proof: string) => ({ ...send, lines: [...lines, `X-Proof: ${proof}`] });
  return [
    from(STRANGER, { send: withProof('admin-after-0'), expect: forbidden('peer-untrusted') }),
    from(PROXY, { send, expect: UNAUTHORIZED }),
    from(PROXY, { send: withProof('failure-after-20'), expect: UNAVAILABLE }),
    from(PROXY, {
      send: withProof('alice-after-40'),
      expect: {
        kind: 'witnessed',
        by,
        decision,
        ...(send.behind !== undefined && { behind: send.behind }),
      },
    }),
  ];
}

const cases: readonly ConformanceCase[] = [
  {
    id: 'proof-of-a-socket',
    why: 'a WebSocket opens when the answer is there; what the client sends behind its handshake is not lost',
    conversations: [from(PROXY, opens('alice', 60)), from(PROXY, opens('bobby', 0))],
  },
  {
    id: 'proof-of-a-socket-refused',
    why: 'nobody opens a WebSocket while the answer is waited for, nor after one that says no',
    conversations: [
      isRefused(PROXY, 'failure-after-20', 'proof-unavailable'),
      isRefused(PROXY, 'mallory', 'proof-missing'),
      isRefused(STRANGER, 'admin-after-0', 'peer-untrusted'),
    ],
  },
  {
    id: 'proof-of-a-socket-while-the-client-hangs-up',
    why: 'nobody listens to the errors of a connection that is held: it must not end the process',
    conversations: [
      from(PROXY, {
        send: { path: '/socket', lines: [...HANDSHAKE, 'X-Proof: alice-after-60'], behind: PING },
        expect: { kind: 'hung-up', mayRun: false, whileAsked: true },
      }),
      from(PROXY, proves('bobby', 20)),
    ],
  },
  {
    id: 'door-proof-logger',
    why: 'who listens beside the framework sees a request when it is decided, and none that is refused (A6)',
    witnesses: ['logger'],
    // At the door, and not by the adapter once more.
    asked: ['alice-after-40', 'bobby-after-0', 'failure-after-20'],
    conversations: [
      from(PROXY, proves('alice', 40), proves('bobby', 0)),
      from(STRANGER, {
        send: { lines: ['X-Proof: admin-after-0'] },
        expect: forbidden('peer-untrusted'),
      }),
      from(PROXY, { send: { lines: ['X-Proof: failure-after-20'] }, expect: UNAVAILABLE }),
    ],
  },
  {
    id: 'door-proof-upgrade',
    why: 'a WebSocket library beside the framework asks nobody who is there (A6)',
    witnesses: ['upgrade'],
    conversations: comesTo('upgrade', {
      path: '/socket',
      lines: ['Connection: Upgrade', 'Upgrade: test'],
      behind: 'right behind',
    }),
  },
  {
    id: 'door-proof-connect',
    why: 'CONNECT waits as well (A6)',
    witnesses: ['connect'],
    conversations: comesTo('connect', {
      method: 'CONNECT',
      path: 'app.test:80',
      behind: 'right behind',
    }),
  },
  {
    id: 'door-proof-polling',
    why: 'socket.io answers by itself what it takes for its own: not before the answer is there (A6)',
    witnesses: ['polling'],
    conversations: [
      ...comesTo('polling', { path: '/polling/?EIO=4&transport=polling' }),
      from(PROXY, proves('alice', 20)),
    ],
  },
  {
    id: 'door-proof-continue',
    why: 'a body is not asked for before it is known from whom (A6)',
    witnesses: ['checkContinue'],
    conversations: [
      from(PROXY, {
        send: {
          method: 'POST',
          lines: ['Expect: 100-continue', 'X-Proof: alice-after-40'],
          body: 'four',
        },
        expect: { ...authenticated({ user: 'alice' }), body: 'four' },
      }),
    ],
  },
];

export const proofsOfSockets: ConformanceGroup = {
  title: 'proofs, where others listen',
  cases: cases.map((each) => ({ options: PROVEN, ...each })),
};
