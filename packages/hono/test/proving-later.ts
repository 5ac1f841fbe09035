import { type AsyncAuthenticator, createAuthenticator, withProof } from '@trusted-header/core';

/** An authenticator whose proof says, a moment later, that somebody is who `X-Proof` names. */
export function provingLater(trustedProxies: string): AsyncAuthenticator {
  return withProof(createAuthenticator({ trustedProxies, log: false }), {
    name: 'later',
    headers: ['X-Proof'],
    asks: 'claims',
    prove: async ({ value = '' }) => ({ kind: 'proven', identity: { user: value } }),
  });
}
