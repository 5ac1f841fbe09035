import { expect, it } from '@jest/globals';
import * as login from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(login).sort()).toEqual([
    'UserLookupError',
    'bindIdentity',
    'createSignIn',
    'createUserResolver',
    'defineRoles',
    'groupsFromText',
    'holdSignIn',
    'prefersNavigation',
    'reconcileSession',
    'safeReturnTo',
    'signInUrl',
    'signOutUrl',
    'stillBound',
  ]);
});
