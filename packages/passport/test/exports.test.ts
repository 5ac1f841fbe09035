import { expect, it } from '@jest/globals';
import * as passport from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(passport).sort()).toEqual(['TrustedHeaderStrategy']);
});
