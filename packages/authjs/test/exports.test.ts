import { expect, it } from '@jest/globals';
import * as authjs from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(authjs).sort()).toEqual([
    'trustedHeaderCallbacks',
    'trustedHeaderJwt',
    'trustedHeaderProvider',
  ]);
});
