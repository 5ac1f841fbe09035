import { expect, it } from '@jest/globals';
import * as login from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(login).sort()).toEqual([
    'UserLookupError',
    'bindIdentity',
    'createLogin',
    'createSignIn',
    'createUserResolver',
    'defineLogin',
    'defineRoles',
    'expressSession',
    'fastifySession',
    'groupsFromText',
    'holdSignIn',
    'keyedSession',
    'prefersNavigation',
    'reconcileSession',
    'refusalHandler',
    'roleGuard',
    'safeReturnTo',
    'sessionIn',
    'signInAgainTo',
    'signInRedirect',
    'signInUrl',
    'signOutOf',
    'signOutUrl',
    'stillBound',
    'userGuard',
  ]);
});
