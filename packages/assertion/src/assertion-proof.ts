import type { Proof, ProofQuestion, Verdict } from './proof-types.js';
import { readToken } from './read-token.js';
import { refused } from './refused.js';
import type { Verifier } from './verifier/create-verifier.js';

/** Makes core's proof of a verifier: a request that claims somebody has to carry a token that says who. */
export function assertionProof({ provider, verify }: Verifier): Proof {
  return {
    name: provider.name,
    headers: [provider.header],
    asks: 'claims',
    prove: ({ value }: ProofQuestion): Verdict | Promise<Verdict> => {
      if (value === undefined || value === '') return refused('assertion-missing');
      const token = readToken(value, provider);
      return token === undefined
        ? refused('assertion-malformed', 'it holds no Bearer token')
        : verify(token);
    },
  };
}
