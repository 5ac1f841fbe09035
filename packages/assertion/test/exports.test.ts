import { expect, it } from '@jest/globals';
import * as assertion from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(assertion).sort()).toEqual([
    'authentik',
    'awsAlb',
    'awsVerifiedAccess',
    'azure',
    'cloudflareAccess',
    'createVerifier',
    'genericAssertion',
    'googleIap',
    'oauth2Proxy',
    'pomerium',
    'teleport',
    'withAssertion',
  ]);
});
