import { expect, it } from '@jest/globals';
import * as fetchOnly from '../src/fetch.js';
import * as hono from '../src/index.js';

it('exports these values and no others, from both entries', () => {
  expect(Object.keys(hono).sort()).toEqual([
    'honoSession',
    'honoSessions',
    'requireIdentity',
    'requireRole',
    'requireUser',
    'signIn',
    'signInAgain',
    'signOut',
    'trustedHeader',
  ]);
  expect(Object.keys(fetchOnly).sort()).toEqual([
    'honoSession',
    'honoSessions',
    'requireIdentity',
    'requireRole',
    'requireUser',
    'signIn',
    'signInAgain',
    'signOut',
    'trustedHeader',
  ]);
});
