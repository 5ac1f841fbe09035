import { expect, it } from '@jest/globals';
import * as nestjs from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(nestjs).sort()).toEqual([
    'AllowAnonymous',
    'CurrentIdentity',
    'CurrentUser',
    'RequireGroups',
    'RequirePolicy',
    'RequireRole',
    'RequireUser',
    'SignInGuard',
    'SignInModule',
    'TrustedHeaderException',
    'TrustedHeaderGuard',
    'TrustedHeaderModule',
    'decisionOf',
    'expressSession',
    'fastifySession',
    'signInAgain',
    'signOut',
  ]);
});
