import { expect, it } from '@jest/globals';
import { ConfigError } from '@trusted-header/core';
import { trustedHeaderCallbacks, trustedHeaderJwt, trustedHeaderProvider } from '../src/index.js';

const provider = trustedHeaderProvider({
  getIdentity: async () => ({ user: 'alice' }),
  find: ({ user }) => ({ id: user }),
});
const getDecision = async () => ({ kind: 'undecided' }) as const;
const CALLBACKS =
  'callbacks: undefined compares no session; write trustedHeaderCallbacks({ getDecision })';
const JWT =
  'jwt: undefined compares no session; write trustedHeaderJwt({ getDecision, decode }), with decode of next-auth/jwt';

// In this order: what has been called stays so for the process.
it('signs in nobody where nothing, or not all, compares sessions', async () => {
  await expect(provider.authorize()).rejects.toThrow(ConfigError);
  await expect(provider.authorize()).rejects.toThrow(`${CALLBACKS}\n${JWT}`);
  trustedHeaderCallbacks({ getDecision });
  await expect(provider.authorize()).rejects.toThrow(new TypeError(JWT));
  trustedHeaderJwt({ getDecision, decode: async () => null });
  expect(await provider.authorize()).toEqual({ id: 'alice' });
});
