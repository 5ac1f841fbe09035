import { expect, it } from '@jest/globals';
import * as koa from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(koa).sort()).toEqual([
    'koaSession',
    'requireIdentity',
    'requireRole',
    'requireUser',
    'signIn',
    'signInAgain',
    'signOut',
    'trustedHeader',
  ]);
});
