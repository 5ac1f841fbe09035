import { expect, it } from '@jest/globals';
import * as nestjs from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(nestjs).sort()).toEqual([
    'AllowAnonymous',
    'CurrentIdentity',
    'RequireGroups',
    'RequirePolicy',
    'TrustedHeaderException',
    'TrustedHeaderGuard',
    'TrustedHeaderModule',
    'decisionOf',
  ]);
});
