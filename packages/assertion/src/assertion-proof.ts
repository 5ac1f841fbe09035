import type { Proof } from '@trusted-header/core';
import { readToken } from './read-token.js';
import { refused } from './refused.js';
import type { Verifier } from './verifier/verifier.js';

/** Makes core's proof of a verifier: a request that claims somebody has to carry a token that says who. */
export function assertionProof({ provider, verify }: Verifier): Proof {
  return {
    name: provider.name,
    headers: [provider.header],
    asks: 'claims',
    mismatch: 'assertion-mismatch',
    unusable: 'assertion-subject',
    unavailable: 'assertion-unavailable',
    prove: ({ value }) =>
      value === undefined ? refused('assertion-missing') : verify(readToken(value, provider)),
  };
}
