import { ConfigError, configIssue, type Identity } from '@trusted-header/core';
import { createUserResolver, type UserResolverOptions } from '@trusted-header/login';
import { assertComparison } from './comparison.js';
import { PROVIDER_ID } from './provider-id.js';

/** What Auth.js makes a session of. Further properties get to `callbacks.jwt`. */
export interface AuthUser {
  readonly id: string;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly image?: string | null;
}

export interface TrustedHeaderProviderOptions<User extends AuthUser>
  extends UserResolverOptions<User> {
  /** Gives whom the proxy names in the request that is being answered: `getIdentity` of `@trusted-header/nextjs`. */
  readonly getIdentity: () => Promise<Identity | undefined>;
  /** What the button on Auth.js's own sign-in page says. Default: `Single sign-on`. */
  readonly name?: string;
}

/** A Credentials provider of Auth.js without any credentials. */
export interface TrustedHeaderProvider<User extends AuthUser> {
  readonly id: typeof PROVIDER_ID;
  readonly name: string;
  readonly type: 'credentials';
  readonly credentials: Record<never, never>;
  authorize(): Promise<User | null>;
}

/**
 * Makes the provider that signs in whom the proxy names: `signIn('trusted-header')`. It is a Credentials provider, so that it works with
 * JWT sessions only (`session: { strategy: 'jwt' }`), and its POST needs Auth.js's token against forged requests.
 *
 * It believes nothing of what is posted, and nothing of the request that Auth.js hands to it, which is a copy without a connection: it
 * asks `getIdentity`. Signs in nobody whom the application does not know, and nobody without {@link trustedHeaderCallbacks} and
 * {@link trustedHeaderJwt}, which make sessions follow the proxy.
 *
 * @throws {ConfigError} `option-invalid`
 *
 * @example
 * ```ts
 * // auth.ts
 * import {
 *   trustedHeaderCallbacks,
 *   trustedHeaderJwt,
 *   trustedHeaderProvider,
 * } from '@trusted-header/authjs';
 * import { getDecision, getIdentity } from '@trusted-header/nextjs';
 * import NextAuth from 'next-auth';
 * import { decode } from 'next-auth/jwt';
 *
 * export const { auth, handlers, signIn, signOut } = NextAuth({
 *   providers: [
 *     trustedHeaderProvider({ getIdentity, find: ({ user }) => ({ id: user, name: user }) }),
 *   ],
 *   callbacks: trustedHeaderCallbacks({ getDecision }),
 *   jwt: trustedHeaderJwt({ getDecision, decode }),
 *   session: { strategy: 'jwt' },
 *   trustHost: true,
 * });
 * ```
 */
export function trustedHeaderProvider<User extends AuthUser>(
  options: TrustedHeaderProviderOptions<User>,
): TrustedHeaderProvider<User> {
  const { getIdentity, name = 'Single sign-on', ...lookup } = options;
  if (typeof getIdentity !== 'function') {
    const instead = 'write getIdentity of @trusted-header/nextjs, or () => the identity';
    throw new ConfigError('option-invalid', [
      configIssue('getIdentity', getIdentity, 'is no function', instead),
    ]);
  }
  const users = createUserResolver<User>(lookup);
  return {
    id: PROVIDER_ID,
    name,
    type: 'credentials',
    credentials: {},
    async authorize() {
      assertComparison();
      const identity = await getIdentity();
      if (!identity) return null;
      const user = await users.resolve(identity);
      // Auth.js writes to what it is given, and others may be given the same.
      return user === null ? null : { ...user };
    },
  };
}
