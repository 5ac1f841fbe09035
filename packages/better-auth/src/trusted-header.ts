import type { AuthContext, BetterAuthPlugin, StandardSchemaV1 } from '@better-auth/core';
import { createAuthEndpoint, createAuthMiddleware } from '@better-auth/core/api';
import type { UserResolver } from '@trusted-header/login';
import { type AccountOwner, createAccounts } from './accounts.js';
import { BINDING_FIELD, createBindingField, returnField } from './binding-field.js';
import { type FollowBody, follow } from './follow.js';
import { holdSignedOut } from './hold-cookie.js';
import { isCacheOn, removeCachedSession } from './no-cookie-cache.js';
import { checkOptions, type TrustedHeaderOptions } from './options.js';
import { namesOurProvider, refuseOurProvider } from './reserved-provider.js';
import { createSuccession } from './succession.js';

/**
 * Makes the better-auth plugin whose users are those that the proxy names. `followDecision` is what calls it.
 *
 * It has no URL: better-auth's handler answers 404 whatever path is tried, and whoever calls `auth.api` holds a decision.
 * Adds one field to the session: run better-auth's migration.
 *
 * @throws {ConfigError} `option-invalid`, at construction.
 *
 * @example
 * ```ts
 * import { trustedHeader } from '@trusted-header/better-auth';
 * import { betterAuth } from 'better-auth';
 *
 * export const auth = betterAuth({
 *   secret: process.env.BETTER_AUTH_SECRET ?? '',
 *   plugins: [trustedHeader()],
 * });
 * ```
 */
export function trustedHeader(options: TrustedHeaderOptions = {}) {
  checkOptions(options);
  const field = createBindingField();
  const accounts = new WeakMap<object, UserResolver<AccountOwner>>();
  return {
    id: 'trusted-header',
    schema: { session: { fields: { [BINDING_FIELD]: field } } },
    init({ options: { secondaryStorage } }) {
      if (secondaryStorage) returnField(field);
      return { options: { databaseHooks: { session: createSuccession() } } };
    },
    endpoints: {
      followTrustedHeader: createAuthEndpoint.serverOnly(
        { method: 'POST', body: FOLLOW_BODY, requireHeaders: true },
        (ctx) => follow(ctx, ctx.body, accountsOf(ctx.context), options),
      ),
    },
    hooks: {
      before: [
        { matcher: namesOurProvider, handler: createAuthMiddleware(refuseOurProvider) },
        {
          matcher: (ctx) => ctx.path === '/sign-out',
          handler: createAuthMiddleware((ctx) => holdSignedOut(ctx, options.holdSeconds)),
        },
      ],
      after: [{ matcher: isCacheOn, handler: createAuthMiddleware(removeCachedSession) }],
    },
  } satisfies BetterAuthPlugin;

  /** One for each better-auth: requests that wait for the same user must meet. */
  function accountsOf(context: AuthContext): UserResolver<AccountOwner> {
    const known = accounts.get(context.internalAdapter);
    if (known) return known;
    const made = createAccounts(context, options);
    accounts.set(context.internalAdapter, made);
    return made;
  }
}

/** What is no decision is told by `reconcileSession`. */
const FOLLOW_BODY: StandardSchemaV1<FollowBody> = {
  '~standard': {
    version: 1,
    vendor: 'trusted-header',
    validate: (value: unknown) =>
      isBody(value) ? { value } : { issues: [{ message: 'holds no decision' }] },
  },
};

function isBody(value: unknown): value is FollowBody {
  return typeof value === 'object' && value !== null && 'decision' in value;
}
