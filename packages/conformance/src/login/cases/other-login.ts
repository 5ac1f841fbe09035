import type { LoginGroup } from '../login-case.js';
import type { Sight } from '../login-target.js';
import { NOTHING, nobodySees, STRANGER, sees } from './build.js';

const CAROL: Sight = { user: null, note: 'hers', password: 'carol' };
const OTHER = encodeURIComponent(JSON.stringify({ via: 'password', user: 'carol' }));

export const otherLogin: LoginGroup = {
  title: 'other login untouched',
  cases: [
    {
      id: 'password-login-is-left-alone',
      why: 'the application’s own login, which the proxy knows nothing of (Django asks for the backend as well)',
      steps: [
        { send: 'POST /password?carol', expect: { ...CAROL, note: null } },
        { send: 'POST /note?hers', expect: CAROL },
        { as: 'alice', send: 'GET /me', expect: CAROL },
        { as: 'bob', groups: 'ops', send: 'GET /me', expect: CAROL },
        { as: 'mallory', send: 'GET /me', expect: CAROL },
        { as: 'alice', database: 'down', send: 'GET /me', expect: CAROL },
        { send: 'GET /open', expect: CAROL },
        { send: 'GET /me', expect: CAROL },
      ],
    },
    {
      id: 'password-login-lends-nothing',
      why: 'nobody is ours there: neither the proxy’s user nor its role',
      steps: [
        { send: 'POST /password?carol', expect: { ...CAROL, note: null } },
        {
          as: 'alice',
          groups: 'ops',
          send: 'GET /admin',
          expect: { status: 401, code: 'authentication-required' },
        },
      ],
    },
    {
      id: 'other-login-of-this-name-is-left-alone',
      why: 'another login that stores where ours would, and says so by `via`',
      steps: [
        { send: `POST /tamper?${OTHER}`, expect: NOTHING },
        { send: 'POST /note?hers', expect: nobodySees('hers') },
        { as: 'alice', send: 'GET /me', expect: nobodySees('hers') },
        { send: 'GET /me', expect: nobodySees('hers') },
      ],
    },
    {
      id: 'password-login-and-forgery',
      why: 'a claim that is not believed is 403, and ends nobody’s session',
      steps: [
        { send: 'POST /password?carol', expect: { ...CAROL, note: null } },
        {
          as: 'alice',
          peer: STRANGER,
          send: 'POST /note?theirs',
          expect: { status: 403, code: 'peer-untrusted' },
        },
        { send: 'GET /me', expect: { ...CAROL, note: null } },
      ],
    },
    {
      id: 'other-browser-signs-in',
      why: 'one browser’s password login is no other’s',
      steps: [
        { send: 'POST /password?carol', expect: { ...CAROL, note: null } },
        { browser: 'desk', as: 'alice', send: 'GET /me', expect: sees('alice') },
      ],
    },
  ],
};
