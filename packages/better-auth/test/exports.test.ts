import { expect, it } from '@jest/globals';
import * as betterAuth from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(betterAuth).sort()).toEqual([
    'followDecision',
    'missingCookies',
    'placeholderEmail',
    'trustedHeader',
  ]);
});
