import { expect, it } from '@jest/globals';
import * as fastify from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(fastify).sort()).toEqual([
    'fastifySecureSession',
    'fastifySession',
    'requireIdentity',
    'requireRole',
    'requireUser',
    'signIn',
    'signInAgain',
    'signOut',
    'trustedHeader',
  ]);
});
