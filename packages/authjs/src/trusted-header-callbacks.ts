import { ConfigError, configIssue } from '@trusted-header/core';
import { bindIdentity, type MaybePromise } from '@trusted-header/login';
import { CLAIM, type ComparisonOptions, comparisonIssues, compileComparison } from './claim.js';
import { installComparison } from './comparison.js';
import { PROVIDER_ID } from './provider-id.js';

/** What is read of what Auth.js gives to `callbacks.jwt`. */
export interface JwtParams {
  readonly token: Record<string, unknown>;
  /** At sign-in only. */
  readonly account?: { readonly provider: string } | null | undefined;
}

export interface TrustedHeaderCallbacksOptions<Params extends JwtParams> extends ComparisonOptions {
  /** The application's own `callbacks.jwt`. Runs for sessions that still hold. */
  readonly jwt?: (params: Params) => MaybePromise<Params['token'] | null>;
}

export interface TrustedHeaderCallbacks<Params extends JwtParams> {
  jwt(params: Params): Promise<Params['token'] | null>;
}

/**
 * Makes `callbacks` of Auth.js that let a session live as long as the proxy names its user: at sign-in they put into the token whom it
 * belongs to (user and groups), and compare at each use. A session of somebody else's, a forged claim, nobody, and where nothing has
 * been decided: `null`, which is no session for Auth.js, and clears the cookies where it can.
 *
 * Sessions of other providers are left alone. {@link trustedHeaderJwt} belongs beside them: Auth.js also decodes tokens without a callback.
 *
 * @throws {ConfigError} `option-invalid`
 *
 * @example
 * ```ts
 * // auth.ts, with a callback of one's own
 * import { trustedHeaderCallbacks } from '@trusted-header/authjs';
 * import { getDecision } from '@trusted-header/nextjs';
 * import type { NextAuthConfig } from 'next-auth';
 *
 * export const callbacks: NextAuthConfig['callbacks'] = trustedHeaderCallbacks({
 *   getDecision,
 *   jwt({ token, user }) {
 *     if (user) token.email = user.email ?? null;
 *     return token;
 *   },
 * });
 * ```
 */
export function trustedHeaderCallbacks<Params extends JwtParams>(
  options: TrustedHeaderCallbacksOptions<Params>,
): TrustedHeaderCallbacks<Params> {
  const { getDecision, jwt } = options;
  const issues = comparisonIssues(options);
  if (jwt !== undefined && typeof jwt !== 'function') {
    issues.push(configIssue('jwt', jwt, 'is no function', 'write ({ token }) => token'));
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  installComparison('callbacks');
  const isBound = compileComparison(options);
  return {
    async jwt(params) {
      const { token, account } = params;
      const isSignIn = account !== undefined && account !== null;
      const isOurs = isSignIn ? account.provider === PROVIDER_ID : token[CLAIM] !== undefined;
      if (!isOurs) return own(params);
      const claim = await claimOf(isSignIn, token[CLAIM]);
      if (claim === undefined) return null;
      const result = await own(params);
      // Last: an update that a browser has sent, and the application has taken over, binds nobody.
      if (result !== null) Object.assign(result, { [CLAIM]: claim });
      return result;
    },
  };

  /** Gives what a token is to claim: undefined if it is not, or no longer, that of whom the proxy names. */
  async function claimOf(isSignIn: boolean, stored: unknown): Promise<unknown> {
    if (!isSignIn) return (await isBound(stored)) ? stored : undefined;
    const decision = await getDecision();
    return decision.kind === 'authenticated' ? bindIdentity(decision.identity) : undefined;
  }

  async function own(params: Params): Promise<Params['token'] | null> {
    return jwt ? jwt(params) : params.token;
  }
}
