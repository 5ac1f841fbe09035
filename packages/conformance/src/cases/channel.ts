import {
  anonymous,
  asNobody,
  asUser,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

export const channel: ConformanceGroup = {
  title: 'the diagnostics channel trusted-header.decision',
  cases: [
    {
      id: 'channel-every-decision',
      why: 'whoever watches a process is told of each decision once, and harms nobody by failing (O1, D5)',
      conversations: [
        from(
          PROXY,
          asUser('alice'),
          asNobody('/whoami', UNAUTHORIZED),
          asNobody('/public', anonymous(true)),
          asUser('bob'),
        ),
        from(STRANGER, asNobody('/whoami', UNAUTHORIZED), {
          send: { lines: ['Remote-User: mallory'] },
          expect: forbidden('peer-untrusted'),
        }),
      ],
      channel: [
        'authenticated alice',
        'anonymous',
        'anonymous',
        'authenticated bob',
        'anonymous',
        'refused peer-untrusted',
      ],
    },
    toCase({
      id: 'channel-denied',
      why: 'what a policy denies is told as well, after the decision (O1)',
      path: '/admin',
      lines: ['Remote-User: alice', 'Remote-Groups: staff'],
      expect: forbidden('group-missing'),
      channel: ['authenticated alice', 'authenticated alice, denied group-missing'],
    }),
    toCase({
      id: 'channel-unreadable-claim',
      why: 'nothing of a claim that is not believed is told, whoever it comes from (O1)',
      lines: ['Remote-User: alice', 'Remote-User: mallory'],
      expect: forbidden('header-repeated'),
      channel: ['refused header-repeated'],
    }),
  ],
};
