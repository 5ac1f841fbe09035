import type { LoginGroup, LoginStep } from '../login-case.js';
import { ALICE_HAS_IT, ALICE_NOTES, forbidden, NOTHING, sees, UNAUTHORIZED } from './build.js';

const admin = (groups: string): Omit<LoginStep, 'expect'> => ({
  as: 'alice',
  groups,
  send: 'GET /admin',
});

export const beginning: LoginGroup = {
  title: 'new session',
  cases: [
    {
      id: 'first-request-signs-in',
      why: 'what it is all for: no form, no button',
      steps: [{ as: 'alice', send: 'GET /me', expect: sees('alice') }, ALICE_NOTES, ALICE_HAS_IT],
    },
    {
      id: 'unknown-path-signs-in',
      why: 'whichever page is the first',
      steps: [{ as: 'alice', send: 'GET /anything/else', expect: sees('alice') }],
    },
    {
      id: 'nobody-is-nobody',
      why: 'without a claim nobody is signed in',
      steps: [
        { send: 'GET /me', expect: NOTHING },
        { send: 'GET /mine', expect: UNAUTHORIZED },
        { send: 'GET /admin', expect: UNAUTHORIZED },
      ],
    },
    {
      id: 'account-is-made-once',
      why: 'the first five requests of somebody new come at once, as browsers send them (P3)',
      steps: [
        Array.from({ length: 5 }, (_, i) => ({
          browser: `tab ${i}`,
          as: 'new-carol',
          send: 'GET /me',
          expect: sees('new-carol'),
        })),
        {
          browser: 'tab 4',
          as: 'new-carol',
          send: 'POST /note?milk',
          expect: sees('new-carol', 'milk'),
        },
        { browser: 'tab 4', as: 'new-carol', send: 'GET /me', expect: sees('new-carol', 'milk') },
      ],
    },
    {
      id: 'groups-give-the-role',
      why: 'roles are the groups of this request, not what a session remembers (R1)',
      steps: [
        { ...admin('staff'), expect: forbidden('role-missing') },
        { ...admin('staff, ops'), expect: sees('alice') },
        { ...admin('staff'), expect: forbidden('role-missing') },
        { as: 'alice', send: 'GET /mine', expect: sees('alice') },
      ],
    },
    {
      id: 'two-browsers',
      why: 'sessions do not run into each other',
      steps: [
        ALICE_NOTES,
        { browser: 'desk', as: 'bob', send: 'POST /note?his', expect: sees('bob', 'his') },
        [
          ALICE_HAS_IT,
          ALICE_HAS_IT,
          { browser: 'desk', as: 'bob', send: 'GET /me', expect: sees('bob', 'his') },
          { browser: 'desk', as: 'bob', send: 'GET /me', expect: sees('bob', 'his') },
        ],
      ],
    },
  ],
};
