import { describe, expect, it } from '@jest/globals';
import { trustedHeaderJwt } from '../src/index.js';
import {
  ALICE,
  BOB,
  NOBODY,
  NOT_ALICE,
  type RequestDecision,
  STRANGER,
  UNDECIDED,
} from './application.js';

const OF_ALICE = {
  sub: '1',
  trustedHeader: { v: 1, via: 'trusted-header', user: 'alice', groups: ['ops'] },
};
const OF_ANOTHER_LOGIN = { sub: '4' };

/** Decodes a token that says this, while it is decided so. */
function decoded(token: object | null, decision: RequestDecision, onMissing?: 'keep') {
  const { decode } = trustedHeaderJwt({
    getDecision: async () => decision,
    decode: async (params: object) => (params === PARAMS ? token : null),
    ...(onMissing && { onMissing }),
  });
  return decode(PARAMS);
}
const PARAMS = { token: 'as it was sent' };

describe('decode', () => {
  it('gives the token of whom the proxy names', async () => {
    expect(await decoded(OF_ALICE, ALICE)).toBe(OF_ALICE);
  });

  it.each(NOT_ALICE)('gives none of alice’s for %s', async (_who, decision) => {
    expect(await decoded(OF_ALICE, decision)).toBe(null);
  });

  it.each([
    ['of another version', { ...OF_ALICE.trustedHeader, v: 2 }],
    ['of another login', { ...OF_ALICE.trustedHeader, via: 'saml' }],
    ['that is no object', 'alice'],
    ['that is nothing', null],
  ])('gives none with a claim %s', async (_what, trustedHeader) => {
    expect(await decoded({ sub: '1', trustedHeader }, ALICE)).toBe(null);
  });

  it('gives that of another provider as it is, and none where there is none', async () => {
    for (const decision of [ALICE, NOBODY, STRANGER, UNDECIDED]) {
      expect(await decoded(OF_ANOTHER_LOGIN, decision)).toBe(OF_ANOTHER_LOGIN);
      expect(await decoded(null, decision)).toBe(null);
    }
  });

  it('gives it while nobody is named, if the application says so, and to nobody else', async () => {
    expect(await decoded(OF_ALICE, NOBODY, 'keep')).toBe(OF_ALICE);
    expect(await decoded(OF_ALICE, BOB, 'keep')).toBe(null);
    expect(await decoded(OF_ALICE, STRANGER, 'keep')).toBe(null);
  });
});
