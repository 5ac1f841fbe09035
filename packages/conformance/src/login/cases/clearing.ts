import type { LoginGroup } from '../login-case.js';
import {
  ALICE_ANEW,
  ALICE_HAS_IT,
  ALICE_NOTES,
  forbidden,
  NOTHING,
  nobodySees,
  sees,
} from './build.js';

export const clearing: LoginGroup = {
  title: 'data cleared',
  cases: [
    {
      id: 'switch-clears-data',
      why: 'the next person at the browser must not find her things (OctoPrint#5279, gitea#17740)',
      steps: [
        ALICE_NOTES,
        { as: 'bob', send: 'GET /me', expect: sees('bob') },
        { as: 'bob', send: 'GET /me', expect: sees('bob') },
        ALICE_ANEW,
      ],
    },
    {
      id: 'switch-keeps-what-is-new',
      why: 'what the new user stores in the very request of the switch is theirs, and nothing else is there',
      steps: [
        ALICE_NOTES,
        { as: 'bob', send: 'POST /note?his', expect: sees('bob', 'his') },
        { as: 'bob', send: 'GET /me', expect: sees('bob', 'his') },
      ],
    },
    {
      id: 'switch-on-one-connection',
      why: 'a reverse proxy sends all of its users over few connections: nothing may hang on one (A2)',
      steps: [
        ALICE_NOTES,
        { as: 'bob', send: 'GET /me', expect: sees('bob'), sameConnection: true },
        { ...ALICE_ANEW, sameConnection: true },
        { as: 'bob', send: 'POST /note?his', expect: sees('bob', 'his'), sameConnection: true },
        { send: 'GET /me', expect: NOTHING, sameConnection: true },
      ],
    },
    {
      id: 'switch-in-a-race',
      why: 'requests of both, with one cookie, at once: each is whom the proxy names',
      steps: [
        { ...ALICE_ANEW, copies: 'alice’s' },
        Array.from({ length: 6 }, (_, i) => {
          const user = i % 2 === 0 ? 'alice' : 'bob';
          return {
            browser: `tab ${i}`,
            pastes: 'alice’s',
            as: user,
            send: 'GET /me',
            expect: sees(user),
          };
        }),
      ],
    },
    {
      id: 'other-groups-clear-data',
      why: 'what a session holds may have been computed for the old groups',
      steps: [
        { as: 'alice', groups: 'ops', send: 'POST /note?hers', expect: sees('alice', 'hers') },
        { as: 'alice', groups: 'staff', send: 'GET /me', expect: sees('alice') },
      ],
    },
    {
      id: 'groups-in-another-order-keep-data',
      why: 'directories give groups in any order',
      steps: [
        {
          as: 'alice',
          groups: 'ops,staff',
          send: 'POST /note?hers',
          expect: sees('alice', 'hers'),
        },
        { as: 'alice', groups: 'staff,ops', send: 'GET /me', expect: sees('alice', 'hers') },
      ],
    },
    {
      id: 'end-clears-data',
      why: 'her cookie without a header: nobody, and the session is over (Django’s RemoteUserMiddleware)',
      steps: [ALICE_NOTES, { send: 'GET /me', expect: NOTHING }, ALICE_ANEW],
    },
    {
      id: 'session-works-after-its-end',
      why: 'applications go on to use the session of the request in which it ends',
      steps: [
        ALICE_NOTES,
        { send: 'POST /note?public', expect: nobodySees('public') },
        { send: 'GET /me', expect: nobodySees('public') },
      ],
    },
    {
      id: 'unknown-user-clears-data',
      why: 'whom the application does not know gets 403, and no session of the one before',
      steps: [
        ALICE_NOTES,
        { as: 'mallory', send: 'GET /me', expect: forbidden('user-unknown') },
        ALICE_ANEW,
      ],
    },
    {
      id: 'missing-keeps-data-where-told',
      why: 'only the sign-in page is behind the proxy: `onMissing: keep` (Django’s PersistentRemoteUserMiddleware)',
      options: { onMissing: 'keep' },
      steps: [
        ALICE_NOTES,
        { send: 'GET /me', expect: sees('alice', 'hers') },
        { send: 'GET /mine', expect: sees('alice', 'hers') },
        { as: 'bob', send: 'GET /me', expect: sees('bob') },
        { send: 'GET /me', expect: sees('bob') },
      ],
    },
    {
      id: 'refused-nobody-ends-nothing',
      why: 'where nobody is let in, the session is not reached: a probe past the proxy ends nobody’s',
      options: { anonymous: 'refuse' },
      steps: [
        ALICE_NOTES,
        { send: 'GET /me', expect: { status: 401, code: 'authentication-required' } },
        ALICE_HAS_IT,
      ],
    },
  ],
};
