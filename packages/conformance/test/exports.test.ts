import { expect, it } from '@jest/globals';
import * as conformance from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(conformance).sort()).toEqual([
    'answerAs',
    'conformanceCases',
    'conformanceGroups',
    'defineConformance',
    'probe',
    'runCase',
    'utf8',
  ]);
});
