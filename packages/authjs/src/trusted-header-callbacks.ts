import { ConfigError, type ConfigIssue, configIssue, type Decision } from '@trusted-header/core';
import { bindIdentity, type MaybePromise, stillBound } from '@trusted-header/login';
import { installComparison } from './comparison.js';
import { PROVIDER_ID } from './provider-id.js';

/** What is read of what Auth.js gives to `callbacks.jwt`. */
export interface JwtParams {
  readonly token: Record<string, unknown>;
  /** At sign-in only. */
  readonly account?: { readonly provider: string } | null | undefined;
}

export interface TrustedHeaderCallbacksOptions<Params extends JwtParams> {
  /** Tells how it was decided who is asking, of the request that is being answered: `getDecision` of `@trusted-header/nextjs`. */
  readonly getDecision: () => Promise<Decision | { readonly kind: 'undecided' }>;
  /**
   * What becomes of a session while the proxy names nobody. Default `end`. `keep` is for applications of which only the sign-in is
   * behind the proxy: **a copied cookie then works until the session's own end, from anywhere.**
   */
  readonly onMissing?: 'end' | 'keep';
  /** The application's own `callbacks.jwt`. Runs for sessions that still hold. */
  readonly jwt?: (params: Params) => MaybePromise<Params['token'] | null>;
}

export interface TrustedHeaderCallbacks<Params extends JwtParams> {
  jwt(params: Params): Promise<Params['token'] | null>;
}

const CLAIM = 'trustedHeader';

/**
 * Makes `callbacks` of Auth.js that let a session live as long as the proxy names its user: at sign-in they put into the token whom it
 * belongs to (user and groups), and compare at each use. A session of somebody else's, a forged claim, nobody, and where nothing has
 * been decided: `null`, which is no session for Auth.js, and clears the cookies where it can.
 *
 * Sessions of other providers are left alone.
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
  check(options);
  installComparison();
  const { getDecision, jwt, onMissing } = options;
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
    const decision = await getDecision();
    if (decision.kind === 'undecided') return undefined;
    if (isSignIn) {
      return decision.kind === 'authenticated' ? bindIdentity(decision.identity) : undefined;
    }
    return stillBound(stored, decision, onMissing ? { onMissing } : {}) ? stored : undefined;
  }

  async function own(params: Params): Promise<Params['token'] | null> {
    return jwt ? jwt(params) : params.token;
  }
}

interface Given {
  readonly getDecision: unknown;
  readonly jwt?: unknown;
  readonly onMissing?: unknown;
}

function check({ getDecision, jwt, onMissing }: Given): void {
  const issues: ConfigIssue[] = [];
  if (typeof getDecision !== 'function') {
    const instead = 'write getDecision of @trusted-header/nextjs';
    issues.push(configIssue('getDecision', getDecision, 'is no function', instead));
  }
  if (jwt !== undefined && typeof jwt !== 'function') {
    issues.push(configIssue('jwt', jwt, 'is no function', 'write ({ token }) => token'));
  }
  if (onMissing !== undefined && onMissing !== 'end' && onMissing !== 'keep') {
    issues.push(configIssue('onMissing', onMissing, 'is not a choice', "write 'end' or 'keep'"));
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}
