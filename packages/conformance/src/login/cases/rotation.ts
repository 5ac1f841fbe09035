import type { LoginGroup } from '../login-case.js';
import { ALICE_NOTES, NOTHING, nobodySees, sees } from './build.js';

export const rotation: LoginGroup = {
  title: 'rotation',
  cases: [
    {
      id: 'planted-session-is-not-hers',
      why: 'session fixation: whoever planted a cookie in her browser would be her, where `keep` asks no proxy',
      options: { onMissing: 'keep' },
      steps: [
        {
          browser: 'attacker',
          send: 'POST /note?planted',
          expect: nobodySees('planted'),
          copies: 'planted',
        },
        { as: 'alice', pastes: 'planted', send: 'POST /note?hers', expect: sees('alice', 'hers') },
        { send: 'GET /me', expect: sees('alice', 'hers') },
        {
          browser: 'attacker',
          send: 'GET /me',
          expect: NOTHING,
          stateless: nobodySees('planted'),
        },
      ],
    },
    {
      id: 'planted-session-is-not-the-next-users',
      why: 'the same at a switch: bob’s session is not the one that alice has a copy of',
      options: { onMissing: 'keep' },
      steps: [
        { ...ALICE_NOTES, copies: 'alice’s' },
        { as: 'bob', send: 'POST /note?his', expect: sees('bob', 'his') },
        {
          browser: 'attacker',
          pastes: 'alice’s',
          as: 'alice',
          send: 'GET /me',
          expect: sees('alice'),
          stateless: sees('alice', 'hers'),
        },
        { send: 'GET /me', expect: sees('bob', 'his') },
      ],
    },
    {
      id: 'planted-data-is-not-hers',
      why: 'a shopping cart, a redirect or a CSRF token that somebody has planted before she signs in',
      steps: [
        { send: 'POST /note?planted', expect: nobodySees('planted') },
        { as: 'alice', send: 'GET /me', expect: sees('alice') },
      ],
    },
  ],
};
