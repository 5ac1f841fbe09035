import { expect, it } from '@jest/globals';
import type { NextAuthConfig } from 'next-auth';
import { decode } from 'next-auth/jwt';
import { trustedHeaderCallbacks, trustedHeaderJwt, trustedHeaderProvider } from '../src/index.js';

it('fits next-auth without a cast', () => {
  const find = ({ user }: { readonly user: string }) => ({ id: user, plan: 'free' });
  const config: NextAuthConfig = {
    providers: [trustedHeaderProvider({ getIdentity: async () => undefined, find })],
    callbacks: {
      ...trustedHeaderCallbacks({
        getDecision: async () => ({ kind: 'anonymous', trusted: true }),
      }),
      session: ({ session }) => session,
    },
    jwt: trustedHeaderJwt({ getDecision: async () => ({ kind: 'undecided' }), decode }),
  };
  // @ts-expect-error Auth.js makes sessions of users with an id.
  trustedHeaderProvider({ getIdentity: async () => undefined, find: () => ({ name: 'alice' }) });
  expect(config.providers).toHaveLength(1);
});
