import type { LoginGroup, LoginStep } from '../login-case.js';
import { ALICE_ANEW, ALICE_HAS_IT, ALICE_NOTES, NOTHING, sees, UNAUTHORIZED } from './build.js';

const SIGNS_OUT: LoginStep = { as: 'alice', send: 'POST /sign-out', expect: NOTHING };
const IS_OUT: LoginStep = { as: 'alice', send: 'GET /me', expect: NOTHING };

export const signOut: LoginGroup = {
  title: 'sign-out holds',
  cases: [
    {
      id: 'sign-out-holds',
      why: 'the proxy still names her, and "log out" would do nothing (open-webui#14407, filebrowser#684)',
      steps: [
        ALICE_NOTES,
        SIGNS_OUT,
        IS_OUT,
        IS_OUT,
        { as: 'alice', send: 'GET /mine', expect: UNAUTHORIZED },
        { as: 'alice', groups: 'ops', send: 'GET /admin', expect: UNAUTHORIZED },
      ],
    },
    {
      id: 'sign-out-holds-over-nobody',
      why: 'a request without a user in between ends no hold',
      steps: [
        ALICE_NOTES,
        SIGNS_OUT,
        { send: 'GET /me', expect: NOTHING },
        { send: 'GET /open', expect: NOTHING },
        IS_OUT,
      ],
    },
    {
      id: 'sign-out-holds-over-an-end',
      why: 'a session that cannot be believed ends, and the hold that is kept in it does not',
      steps: [
        ALICE_NOTES,
        SIGNS_OUT,
        { as: 'alice', send: 'POST /tamper?true', expect: NOTHING },
        { send: 'GET /me', expect: NOTHING },
        IS_OUT,
      ],
    },
    {
      id: 'sign-out-of-an-ended-session',
      why: 'a handler of before ends the session as its library has it, and then signs out',
      steps: [
        ALICE_NOTES,
        { as: 'alice', send: 'POST /end-and-sign-out', expect: NOTHING },
        IS_OUT,
        IS_OUT,
        { as: 'alice', send: 'POST /sign-in', expect: sees('alice') },
        ALICE_ANEW,
      ],
    },
    {
      id: 'sign-in-again',
      why: 'her button "sign in" ends the hold',
      steps: [
        ALICE_NOTES,
        SIGNS_OUT,
        { as: 'alice', send: 'POST /sign-in', expect: sees('alice') },
        ALICE_ANEW,
        { as: 'alice', send: 'GET /mine', expect: sees('alice') },
      ],
    },
    {
      id: 'hold-is-for-one-user',
      why: 'bob has not signed out, and whoever has signed in after her is no hold of hers',
      steps: [
        ALICE_NOTES,
        SIGNS_OUT,
        { as: 'bob', send: 'GET /me', expect: sees('bob') },
        { as: 'bob', send: 'POST /note?his', expect: sees('bob', 'his') },
        ALICE_ANEW,
      ],
    },
    {
      id: 'hold-is-for-one-browser',
      why: 'signing out on one device leaves the other alone',
      steps: [
        ALICE_NOTES,
        { ...ALICE_ANEW, browser: 'desk' },
        { ...SIGNS_OUT, browser: 'desk' },
        ALICE_HAS_IT,
        { ...IS_OUT, browser: 'desk' },
      ],
    },
    {
      id: 'sign-out-where-sessions-are-kept',
      why: 'with `keep`, on a page that the proxy bypasses',
      options: { onMissing: 'keep' },
      steps: [
        ALICE_NOTES,
        { send: 'POST /sign-out', expect: NOTHING },
        { send: 'GET /me', expect: NOTHING },
        IS_OUT,
      ],
    },
  ],
};
