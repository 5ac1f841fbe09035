import { expect, it } from '@jest/globals';
import { trustedHeaderProvider } from '../src/index.js';

it('signs in nobody where nothing compares sessions', async () => {
  const provider = trustedHeaderProvider({
    getIdentity: async () => ({ user: 'alice' }),
    find: ({ user }) => ({ id: user }),
  });
  await expect(provider.authorize()).rejects.toThrow('trustedHeaderCallbacks({ getDecision })');
});
