import type { LoginCase, LoginGroup } from '../login-case.js';
import {
  ALICE_HAS_IT,
  ALICE_NOTES,
  forbidden,
  NOTHING,
  nobodySees,
  STRANGER,
  sees,
  UNAVAILABLE,
} from './build.js';

const ALICE = { v: 1, via: 'trusted-header', user: 'alice', groups: ['ops'] };

/** What an older version, a colleague or an attacker who can write to the store leaves in the binding’s place. */
const TAMPERED: readonly (readonly [id: string, stored: unknown])[] = [
  ['older-version', { ...ALICE, v: 0 }],
  ['newer-version', { ...ALICE, v: 2 }],
  ['more-than-we-write', { ...ALICE, isAdmin: true }],
  ['as-text', JSON.stringify(ALICE)],
  ['in-a-list', [ALICE]],
  ['user-in-a-list', { ...ALICE, user: ['alice'] }],
  ['user-without-a-name', { ...ALICE, user: '' }],
  ['groups-as-text', { ...ALICE, groups: 'ops' }],
  ['without-via', { v: 1, user: 'alice' }],
  ['true', true],
  ['empty', {}],
];

const tampered: readonly LoginCase[] = TAMPERED.map(([id, stored]) => {
  const send = `POST /tamper?${encodeURIComponent(JSON.stringify(stored))}`;
  return {
    id: `tampered-${id}`,
    why: 'nothing that a session holds is believed: with `keep` it ends, and bob has nothing of it',
    options: { onMissing: 'keep' },
    steps: [
      { send: 'POST /note?planted', expect: nobodySees('planted') },
      { send, expect: nobodySees('planted'), copies: 'tampered' },
      {
        browser: 'desk',
        pastes: 'tampered',
        as: 'bob',
        send: 'GET /admin',
        expect: forbidden('role-missing'),
      },
      { browser: 'desk', as: 'bob', send: 'GET /me', expect: sees('bob') },
      { send: 'GET /me', expect: NOTHING },
    ],
  };
});

export const neverBelieved: LoginGroup = {
  title: 'never believed, never lost',
  cases: [
    {
      id: 'forgery-with-her-cookie',
      why: 'a forged claim and alice’s cookie: 403, and her session is as it was',
      steps: [
        { ...ALICE_NOTES, copies: 'alice’s' },
        {
          as: 'alice',
          peer: STRANGER,
          send: 'POST /note?theirs',
          expect: forbidden('peer-untrusted'),
        },
        { as: 'bob', peer: STRANGER, send: 'POST /sign-out', expect: forbidden('peer-untrusted') },
        ALICE_HAS_IT,
      ],
    },
    {
      id: 'forgery-where-sessions-are-kept',
      why: 'a claim that is not believed is not a missing one',
      options: { onMissing: 'keep' },
      steps: [
        { ...ALICE_NOTES, copies: 'alice’s' },
        {
          browser: 'attacker',
          pastes: 'alice’s',
          as: 'alice',
          peer: STRANGER,
          send: 'GET /me',
          expect: forbidden('peer-untrusted'),
        },
        ALICE_HAS_IT,
      ],
    },
    {
      id: 'binding-by-hand',
      why: 'a binding of hers that somebody has written into bob’s session makes nobody alice',
      steps: [
        { as: 'bob', send: 'POST /note?his', expect: sees('bob', 'his') },
        {
          as: 'bob',
          send: `POST /tamper?${encodeURIComponent(JSON.stringify(ALICE))}`,
          expect: sees('bob', 'his'),
        },
        { as: 'bob', send: 'GET /admin', expect: forbidden('role-missing') },
        { as: 'bob', send: 'GET /me', expect: sees('bob') },
      ],
    },
    ...tampered,
    {
      id: 'unknown-user',
      why: 'whom the application does not know is 403, each time, and gets no session',
      steps: [
        { as: 'mallory', send: 'GET /me', expect: forbidden('user-unknown') },
        { as: 'mallory', send: 'GET /mine', expect: forbidden('user-unknown') },
        { send: 'GET /me', expect: NOTHING },
      ],
    },
    {
      id: 'database-down',
      why: 'a database that is down is 503 and signs nobody out (P3)',
      steps: [
        ALICE_NOTES,
        { as: 'alice', database: 'down', send: 'GET /me', expect: UNAVAILABLE },
        { as: 'bob', database: 'down', send: 'GET /me', expect: UNAVAILABLE },
        ALICE_HAS_IT,
      ],
    },
    {
      id: 'database-hangs',
      why: 'a lookup that never ends is 503 as well, and ends in time',
      steps: [
        ALICE_NOTES,
        { as: 'alice', database: 'hang', send: 'GET /me', expect: UNAVAILABLE },
        { as: 'bob', database: 'hang', send: 'GET /me', expect: UNAVAILABLE },
        ALICE_HAS_IT,
      ],
    },
  ],
};
