import type { Conversation, Exchange } from '../case.js';
import {
  anonymous,
  asNobody,
  asUser,
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  UNAUTHORIZED,
} from './build.js';

const FORGED: Exchange = {
  send: { lines: ['Remote-User: mallory'] },
  expect: forbidden('peer-untrusted'),
};
const TWICE: Exchange = {
  send: { lines: ['Remote-User: alice', 'Remote-User: mallory'] },
  expect: forbidden('header-repeated'),
};
const ALIASED: Exchange = {
  send: { lines: ['Remote-User: alice', 'Remote_User: mallory'] },
  expect: forbidden('header-ambiguous'),
};
const NOBODY = asNobody('/whoami', UNAUTHORIZED);
const ADMIN: Exchange = {
  send: { path: '/admin', lines: ['Remote-User: root', 'Remote-Groups: admin'] },
  expect: authenticated({ user: 'root', groups: ['admin'] }),
};
const NO_ADMIN: Exchange = {
  send: { path: '/admin', lines: ['Remote-User: alice', 'Remote-Groups: dev'] },
  expect: forbidden('group-missing'),
};

/** Of each ten connections one is a stranger's and one nobody's; the others are eight users. */
function manyUsers(count: number): readonly Conversation[] {
  return Array.from({ length: count }, (_, i) => {
    if (i % 10 === 8) return from(STRANGER, FORGED);
    return from(PROXY, i % 10 === 9 ? NOBODY : asUser(`user-${i}`));
  });
}

/** Strangers try ids that an adapter could have given to the requests of users, which are being answered. */
const guesses: readonly Conversation[] = Array.from({ length: 10 }, (_, i) => [
  from(PROXY, asUser(`user-${i}`)),
  from(STRANGER, {
    send: { path: '/public', lines: [`X-Trusted-Header-Id: ${i}`] },
    expect: anonymous(false),
  }),
]).flat();

export const connections: ConformanceGroup = {
  title: 'users share connections, and connections share the server',
  cases: [
    {
      id: 'users-in-turn',
      why: 'a proxy sends all its users over one connection: nothing may stay on it (A2)',
      conversations: [from(PROXY, asUser('alice'), asUser('bob'), NOBODY, asUser('alice'), NOBODY)],
    },
    {
      id: 'users-in-turn-in-public',
      why: 'nobody after alice is nobody (A2)',
      conversations: [
        from(
          PROXY,
          asUser('alice', '/public'),
          asNobody('/public', anonymous(true)),
          asUser('bob', '/public'),
          asNobody('/public', anonymous(true)),
        ),
      ],
    },
    {
      id: 'forgeries-in-turn',
      why: 'a refusal says nothing about the next request, a login neither',
      conversations: [
        from(PROXY, asUser('alice'), TWICE, NOBODY, asUser('bob'), ALIASED, asUser('alice')),
      ],
    },
    {
      id: 'admin-in-turn',
      why: 'being admitted does not rub off on the next user',
      conversations: [from(PROXY, ADMIN, NO_ADMIN, asNobody('/admin', UNAUTHORIZED), ADMIN)],
    },
    {
      id: 'stranger-in-turn',
      why: 'a stranger who asks nicely first is still one',
      conversations: [
        from(STRANGER, asNobody('/public', anonymous(false)), FORGED, NOBODY, FORGED),
      ],
    },
    {
      id: 'proxy-and-stranger-in-turn',
      why: 'the answer about one peer is not kept for the next',
      conversations: [
        from(PROXY, asUser('alice')),
        from(STRANGER, FORGED),
        from(PROXY, NOBODY),
        from(STRANGER, FORGED, asNobody('/public', anonymous(false))),
        from(PROXY, asUser('bob'), asNobody('/public', anonymous(true))),
      ],
    },
    {
      id: 'pipelined',
      why: 'requests that come in one piece are still several',
      conversations: [
        {
          ...from(PROXY, asUser('alice'), TWICE, NOBODY, asUser('bob'), asUser('carol')),
          pipelined: true,
        },
      ],
    },
    {
      id: 'pipelined-by-a-stranger',
      why: 'requests that come in one piece are still several',
      conversations: [
        {
          ...from(STRANGER, asNobody('/public', anonymous(false)), FORGED, FORGED),
          pipelined: true,
        },
      ],
    },
    {
      id: '200-users-at-once',
      why: 'the Jenkins plugin kept request data in instance fields, and users mixed (A2)',
      atOnce: true,
      conversations: manyUsers(200),
    },
    {
      id: 'guessed-ids-at-once',
      why: 'what an adapter puts on a request for itself is not believed from a client (N1)',
      atOnce: true,
      conversations: guesses,
    },
    {
      id: 'stranger-hangs-up',
      why: 'a reset connection has no address any more: that is not local, and not trusted (T4)',
      conversations: [
        from(STRANGER, {
          send: { lines: ['Remote-User: mallory'] },
          expect: { kind: 'hung-up', mayRun: false },
        }),
        from(PROXY, asUser('alice')),
      ],
    },
    {
      id: 'stranger-hangs-up-in-public',
      why: 'nor is it anonymous, while it claims a user',
      conversations: [
        from(STRANGER, {
          send: { path: '/public', lines: ['Remote-User: mallory'] },
          expect: { kind: 'hung-up', mayRun: false },
        }),
        from(PROXY, asNobody('/public', anonymous(true))),
      ],
    },
    {
      id: 'proxy-hangs-up',
      why: 'browsers leave: the next request must not notice',
      conversations: [
        from(PROXY, {
          send: { lines: ['Remote-User: alice'] },
          expect: { kind: 'hung-up', mayRun: true },
        }),
        from(PROXY, asUser('bob'), NOBODY),
      ],
    },
    {
      id: 'proxy-hangs-up-in-the-body',
      why: 'browsers leave in the middle of an upload: the next request must not notice',
      conversations: [
        from(PROXY, {
          send: {
            method: 'POST',
            lines: ['Remote-User: alice', 'Content-Length: 1000'],
            body: 'only this',
          },
          expect: { kind: 'hung-up', mayRun: true },
        }),
        from(PROXY, asUser('bob'), NOBODY),
      ],
    },
  ],
};
