import { expect, it } from '@jest/globals';
import * as testing from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'asUser',
    'checkLogin',
    'identityHeaders',
    'loginChecks',
  ]);
});
