import type { LoginGroup } from '../login-case.js';
import {
  ALICE_HAS_IT,
  ALICE_NOTES,
  forbidden,
  NOTHING,
  nobodySees,
  STRANGER,
  sees,
} from './build.js';

export const openPaths: LoginGroup = {
  title: 'open path does not end it',
  cases: [
    {
      id: 'open-path-ends-nothing',
      why: 'the proxy names nobody there, which says nothing about the session (D6)',
      steps: [ALICE_NOTES, { send: 'GET /open', expect: nobodySees('hers') }, ALICE_HAS_IT],
    },
    {
      id: 'open-path-signs-nobody-in',
      why: 'a session is no claim: where nobody is named nobody is there, also with `keep`',
      options: { onMissing: 'keep' },
      steps: [
        ALICE_NOTES,
        { send: 'GET /open', expect: nobodySees('hers') },
        { send: 'GET /me', expect: sees('alice', 'hers') },
      ],
    },
    {
      id: 'open-path-switches',
      why: 'somebody is named: also there she is gone',
      steps: [ALICE_NOTES, { as: 'bob', send: 'GET /open', expect: sees('bob') }],
    },
    {
      id: 'open-path-in-another-spelling',
      why: 'what can be read in two ways is not open, and a session ends there',
      steps: [ALICE_NOTES, { send: 'GET /%6fpen', expect: NOTHING }],
    },
    {
      id: 'open-path-without-database',
      why: 'a page that needs nobody answers while the database is down',
      steps: [
        ALICE_NOTES,
        { send: 'GET /open', expect: nobodySees('hers') },
        { as: 'alice', database: 'down', send: 'GET /open', expect: nobodySees('hers') },
        { browser: 'desk', as: 'bob', database: 'hang', send: 'GET /open', expect: NOTHING },
        ALICE_HAS_IT,
      ],
    },
    {
      id: 'open-path-and-unknown-user',
      why: 'whom the application does not know is told so, on whichever path',
      steps: [{ as: 'mallory', send: 'GET /open', expect: forbidden('user-unknown') }],
    },
    {
      id: 'open-path-and-forgery',
      why: 'a forged claim is 403 there as well, and touches no session',
      steps: [
        ALICE_NOTES,
        { as: 'bob', peer: STRANGER, send: 'GET /open', expect: forbidden('peer-untrusted') },
        ALICE_HAS_IT,
      ],
    },
  ],
};
