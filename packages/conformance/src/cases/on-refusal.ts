import type { Answered } from '../case.js';
import {
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

const trustedProxies = ['127.0.0.1'];
const ANSWERS = { trustedProxies, onRefusal: 'answers' } as const;
const THROWS = { trustedProxies, onRefusal: 'throws' } as const;

const FORGED = ['Remote-User: mallory', 'Remote-Groups: admin'];
const ALICE = 'Remote-User: alice';

const NOBODY = {
  kind: 'answered',
  status: 401,
  code: 'authentication-required',
  refusal: 'anonymous',
} as const;

function answered(code: string, refusal: 'refused' | 'denied'): Answered {
  return { kind: 'answered', status: 403, code, refusal };
}

const rows = [
  {
    id: 'answered-for-nobody',
    why: 'an application has a page of its own for who is not signed in (D6)',
    options: ANSWERS,
    expect: NOBODY,
  },
  {
    id: 'answered-on-an-unknown-path',
    why: 'one line protects the paths that the application does not have, too (D1)',
    path: '/no-such-path',
    options: ANSWERS,
    expect: NOBODY,
  },
  {
    id: 'answered-for-a-forgery',
    why: 'what the application is told holds nothing of a claim that is not believed (D2)',
    peer: STRANGER,
    lines: FORGED,
    options: ANSWERS,
    expect: answered('peer-untrusted', 'refused'),
  },
  {
    id: 'answered-for-two-users',
    why: 'what the application is told holds nothing of a claim that is not believed (D2)',
    lines: [ALICE, 'Remote-User: mallory'],
    options: ANSWERS,
    expect: answered('header-repeated', 'refused'),
  },
  {
    id: 'answered-in-public',
    why: 'a forgery is refused in an open mount as well, and answered in the same way (D1)',
    path: '/public',
    peer: STRANGER,
    lines: FORGED,
    options: ANSWERS,
    expect: answered('peer-untrusted', 'refused'),
  },
  {
    id: 'answered-for-another-origin',
    why: 'a form of another site gets the application’s page too (P4)',
    method: 'POST',
    lines: [ALICE, 'Origin: https://evil.test'],
    body: 'x',
    options: { ...ANSWERS, sameOrigin: 'unsafe' },
    expect: answered('cross-origin', 'refused'),
  },
  {
    id: 'answered-for-a-guard',
    why: 'one function answers what the adapter refuses, and what a guard behind it does (D6)',
    path: '/admin',
    lines: [ALICE, 'Remote-Groups: users'],
    options: ANSWERS,
    expect: answered('group-missing', 'denied'),
  },
  {
    id: 'answered-for-a-guard-in-public',
    why: 'one function answers what the adapter refuses, and what a guard behind it does (D6)',
    path: '/public/admin',
    options: ANSWERS,
    expect: NOBODY,
  },
  {
    id: 'answered-later',
    why: 'a page may have to be read from a disk first',
    options: { trustedProxies, onRefusal: 'answers-later' },
    expect: NOBODY,
  },
  {
    id: 'answered-not-for-a-user',
    why: 'nobody is asked about who is let in',
    lines: [ALICE],
    options: THROWS,
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'answer-throws',
    why: 'an application that fails lets nobody through: the problem goes out, and no stack (D6)',
    options: THROWS,
    expect: UNAUTHORIZED,
  },
  {
    id: 'answer-throws-about-a-forgery',
    why: 'an application that fails lets nobody through: the problem goes out, and no stack (D6)',
    peer: STRANGER,
    lines: FORGED,
    options: THROWS,
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'answer-throws-for-a-guard',
    why: 'an application that fails lets nobody through, behind a guard neither (D6)',
    path: '/admin',
    lines: [ALICE],
    options: THROWS,
    expect: forbidden('group-missing'),
  },
  {
    id: 'answer-rejects',
    why: 'a promise that rejects is a failure, and must not end the process (D6)',
    options: { trustedProxies, onRefusal: 'rejects' },
    expect: UNAUTHORIZED,
  },
  {
    id: 'answer-rejects-for-a-guard',
    why: 'a promise that rejects is a failure, and must not end the process (D6)',
    path: '/admin',
    lines: [ALICE],
    options: { trustedProxies, onRefusal: 'rejects' },
    expect: forbidden('group-missing'),
  },
  {
    id: 'answer-is-none',
    why: 'an application that answers nothing lets nobody through: the problem goes out (D6)',
    options: { trustedProxies, onRefusal: 'tells-nothing' },
    expect: UNAUTHORIZED,
  },
  {
    id: 'answer-is-none-for-a-guard',
    why: 'an application that answers nothing lets nobody through, behind a guard neither (D6)',
    path: '/admin',
    lines: [ALICE],
    options: { trustedProxies, onRefusal: 'tells-nothing' },
    expect: forbidden('group-missing'),
  },
  {
    id: 'answer-is-not-for-sockets',
    why: 'a client of WebSockets reads no page: it gets its status (D6)',
    path: '/socket',
    lines: [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ],
    options: ANSWERS,
    expect: UNAUTHORIZED,
  },
] as const;

export const onRefusal: ConformanceGroup = {
  title: 'the application answers refusals',
  cases: [
    ...rows.map(toCase),
    {
      id: 'answered-between-users',
      why: 'an answer of the application leaves the connection to whoever comes next',
      options: ANSWERS,
      conversations: [
        from(
          PROXY,
          asUser('alice'),
          { send: {}, expect: NOBODY },
          asUser('bob'),
          { send: { path: '/admin' }, expect: NOBODY },
          asUser('carol'),
        ),
      ],
    },
  ],
};
