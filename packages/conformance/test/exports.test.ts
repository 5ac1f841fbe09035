import { expect, it } from '@jest/globals';
import * as conformance from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(conformance).sort()).toEqual([
    'answerAs',
    'checkCertificateMatrix',
    'checkLoginMatrix',
    'conformanceCases',
    'conformanceGroups',
    'createLoginSetup',
    'defineConformance',
    'defineLoginConformance',
    'loginCases',
    'loginGroups',
    'probe',
    'runCase',
    'runLoginCase',
    'utf8',
  ]);
});
