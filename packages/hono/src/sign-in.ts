import { keptDecision, stateOf } from '@trusted-header/core';
import {
  createLogin,
  type LoginOptions,
  type RegisteredRole,
  type RegisteredUser,
} from '@trusted-header/login';
import type { Context, MiddlewareHandler } from 'hono';
import { answerRefusal } from './answer-refusal.js';

/** What {@link signIn} takes: how users are found, the session library, roles. */
export type SignInOptions<
  User extends object = RegisteredUser,
  Role extends string = RegisteredRole,
> = LoginOptions<Context, User, Role>;

/**
 * Signs in whom the proxy names: finds or creates the application's user, and follows the proxy with the session (P2, P5).
 *
 * Put it behind `trustedHeader` and behind the session middleware. Handlers read `c.var.user`; it is undefined where nobody is signed
 * in, which `anonymous: 'allow'`, an `open` path, a sign-out or another login can be the reason of. Answers 403 `user-unknown` where
 * `find` and `create` give `null`, and 503 where they fail.
 *
 * @throws {ConfigError} `option-invalid`, at construction.
 *
 * @example
 * ```ts
 * import { signIn, trustedHeader } from '@trusted-header/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono()
 *   .use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }))
 *   .use(signIn({ find: ({ user }) => ({ name: user }) }))
 *   .get('/', (c) => c.text(`Hello ${c.var.user?.name}`));
 * ```
 */
export function signIn<User extends object = RegisteredUser, Role extends string = RegisteredRole>(
  options: SignInOptions<User, Role>,
): MiddlewareHandler<{ Variables: { readonly user: User | undefined } }> {
  const login = createLogin(options);
  return async function signIn(c, next) {
    const decision = keptDecision(c);
    if (!decision) {
      throw new Error('signIn() found no decision: call app.use(trustedHeader(…)) before it');
    }
    const { shape } = stateOf(c);
    const { user, refusal, isOthers } = await login.follow(c, { holder: c, decision, shape });
    if (!isOthers) c.set('user', user);
    if (refusal) return answerRefusal(refusal, c);
    return next();
  };
}
