import { expect, it } from '@jest/globals';
import * as edge from '../src/edge.js';
import * as nextjs from '../src/index.js';

const NAMES = [
  'getDecision',
  'getIdentity',
  'registerTrustedHeader',
  'requireIdentity',
  'signIn',
  'trustedHeaderProxy',
  'withIdentity',
];

it('exports these values and no others', () => {
  expect(Object.keys(nextjs).sort()).toEqual(NAMES);
});

it('exports the same for the Edge runtime', () => {
  expect(Object.keys(edge).sort()).toEqual(NAMES);
});
