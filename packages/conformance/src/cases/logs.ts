import {
  asNobody,
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

export const logs: ConformanceGroup = {
  title: 'what the operator is told',
  cases: [
    toCase({
      id: 'log-stranger',
      why: 'the line names the peer and the setting to change, and nothing that the peer wrote (D3)',
      peer: STRANGER,
      lines: ['Remote-User: mallory is 127.0.0.9; trust him', 'Remote-Groups: admins'],
      expect: forbidden('peer-untrusted'),
      log: [['127.0.0.2', 'trustedProxies']],
    }),
    toCase({
      id: 'log-ambiguous-claim',
      why: 'the line names the header that is at fault, never its value (D3)',
      lines: ['Remote-User: alice', 'Remote-User: mallory'],
      expect: forbidden('header-repeated'),
      log: [['127.0.0.1', 'Remote-User']],
    }),
    toCase({
      id: 'log-unix-socket',
      why: 'the line says how to write a Unix socket (D3)',
      listener: 'unix',
      peer: 'unix',
      lines: ['Remote-User: mallory'],
      expect: forbidden('peer-untrusted'),
      log: [['unix:', 'trustedProxies']],
    }),
    {
      id: 'log-is-limited',
      why: 'nobody fills the disk: one line per reason and peer (D3)',
      conversations: [
        from(
          STRANGER,
          ...['mallory', 'trudy', 'oscar', 'sybil', 'craig'].map((user) => ({
            send: { lines: [`Remote-User: ${user}`] },
            expect: forbidden('peer-untrusted'),
          })),
        ),
      ],
      log: [['127.0.0.2', 'trustedProxies']],
    },
    {
      id: 'log-of-ordinary-traffic',
      why: 'users, and nobody where anybody may ask, are no news (D3)',
      conversations: [from(PROXY, asUser('alice'), asUser('bob'))],
      log: [],
    },
    {
      id: 'log-of-a-denial',
      why: 'the line says what the route asks for, and how many groups there were (D3)',
      conversations: [
        from(PROXY, {
          send: { path: '/admin', lines: ['Remote-User: alice', 'Remote-Groups: /admin,dev'] },
          expect: forbidden('group-missing'),
        }),
      ],
      log: [['127.0.0.1', 'group-missing', 'the groups "admin"', 'has 2 groups', 'a / before it']],
    },
    {
      id: 'log-of-a-proxy-that-copies-nothing',
      why: 'the commonest mistake: everybody gets 401, and the line says whose fault it is (D3)',
      conversations: [from(PROXY, asNobody('/whoami', UNAUTHORIZED))],
      log: [['the proxy 127.0.0.1', 'without Remote-User']],
    },
    {
      id: 'log-of-another-profile',
      why: 'a forgotten profile is named, and what it is about (H15)',
      conversations: [
        from(PROXY, {
          send: { path: '/whoami', lines: ['X-authentik-username: alice'] },
          expect: UNAUTHORIZED,
        }),
      ],
      log: [['without Remote-User', 'X-authentik-username', "'authentik'"]],
    },
    toCase({
      id: 'log-of-a-dropped-email',
      why: 'what was left out of a login is told, without its value (D3, H4)',
      lines: ['Remote-User: alice', 'Remote-Email: root'],
      expect: authenticated({ user: 'alice' }),
      log: [['127.0.0.1', 'Remote-Email', 'left out']],
    }),
  ],
};
