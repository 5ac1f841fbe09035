import { expect, it } from '@jest/globals';
import * as express from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(express).sort()).toEqual([
    'expressSession',
    'ironSession',
    'requireIdentity',
    'requireRole',
    'requireUser',
    'signIn',
    'signInAgain',
    'signOut',
    'trustedHeader',
  ]);
});
