import { expect, it } from '@jest/globals';
import * as adapter from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(adapter).sort()).toEqual(['requireIdentity', 'trustedHeader']);
});
