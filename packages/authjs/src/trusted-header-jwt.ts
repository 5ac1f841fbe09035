import { ConfigError, configIssue } from '@trusted-header/core';
import type { MaybePromise } from '@trusted-header/login';
import { CLAIM, type ComparisonOptions, comparisonIssues, compileComparison } from './claim.js';
import { installComparison } from './comparison.js';

export interface TrustedHeaderJwtOptions<Params, Token extends object> extends ComparisonOptions {
  /** Decrypts a token: `decode` of `next-auth/jwt` (`@auth/core/jwt`), or the application's own. */
  readonly decode: (params: Params) => MaybePromise<Token | null>;
}

export interface TrustedHeaderJwt<Params, Token extends object> {
  decode(params: Params): Promise<Token | null>;
}

/**
 * Makes `jwt` of Auth.js, with a `decode` that gives `null` for a token that is no longer that of whom the proxy names. Auth.js decodes a
 * session's cookie past `callbacks.jwt` where another provider signs somebody in: it connects that account to the user of the old cookie.
 * `onMissing` is to be that of {@link trustedHeaderCallbacks}; where they differ, the stricter holds.
 *
 * Tokens of other providers are decoded as they are. `getToken()` decodes by itself and compares nothing, unless it is given this `decode`.
 *
 * @throws {ConfigError} `option-invalid`
 *
 * @example
 * ```ts
 * // auth.ts, with sessions of a day
 * import { trustedHeaderJwt } from '@trusted-header/authjs';
 * import { getDecision } from '@trusted-header/nextjs';
 * import type { NextAuthConfig } from 'next-auth';
 * import { decode } from 'next-auth/jwt';
 *
 * export const jwt: NextAuthConfig['jwt'] = {
 *   ...trustedHeaderJwt({ getDecision, decode }),
 *   maxAge: 86_400,
 * };
 * ```
 */
export function trustedHeaderJwt<Params, Token extends object>(
  options: TrustedHeaderJwtOptions<Params, Token>,
): TrustedHeaderJwt<Params, Token> {
  const { decode } = options;
  const issues = comparisonIssues(options);
  if (typeof decode !== 'function') {
    const instead = 'write decode of next-auth/jwt';
    issues.push(configIssue('decode', decode, 'is no function', instead));
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  installComparison('jwt');
  const isBound = compileComparison(options);
  return {
    async decode(params) {
      const token = await decode(params);
      const claim: unknown = token ? Reflect.get(token, CLAIM) : undefined;
      return claim === undefined || (await isBound(claim)) ? token : null;
    },
  };
}
