import { type Decision, keptDecision } from '@trusted-header/core';
import {
  createLogin,
  type LoginOptions,
  type RegisteredRole,
  type RegisteredUser,
} from '@trusted-header/login';
import { shapeOf } from '@trusted-header/node';
import type { Context, Middleware } from 'koa';
import { answerRefusal } from './answer-refusal.js';

/** What {@link signIn} takes: how users are found, the session library, roles. */
export type SignInOptions = LoginOptions<Context, RegisteredUser, RegisteredRole>;

/**
 * Signs in whom the proxy names: finds or creates the application's user, and follows the proxy with the session (P2, P5).
 *
 * Put it behind `trustedHeader` and behind the session middleware. Handlers read `ctx.state.user`; it is undefined where nobody is
 * signed in, which `anonymous: 'allow'`, an `open` path, a sign-out or another login can be the reason of. Answers 403 `user-unknown`
 * where `find` and `create` give `null`, and 503 where they fail.
 *
 * @throws {ConfigError} `option-invalid`, at construction.
 *
 * @example
 * ```ts
 * import { signIn, trustedHeader } from '@trusted-header/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
 * app.use(signIn({ find: ({ user }) => ({ name: user }) }));
 * app.use((ctx) => {
 *   ctx.body = ctx.state.user;
 * });
 * ```
 */
export function signIn(options: SignInOptions): Middleware {
  const login = createLogin(options);
  return async function signIn(ctx, next) {
    const decision = decisionOf(ctx);
    const { user, refusal, isOthers } = await login.follow(ctx, {
      holder: ctx.req,
      decision,
      shape: shapeOf(ctx.req),
    });
    if (!isOthers) ctx.state.user = user;
    if (refusal) return answerRefusal(refusal, ctx);
    return next();
  };
}

function decisionOf(ctx: Context): Decision {
  const decision = keptDecision(ctx.req);
  if (!decision) {
    throw new Error('signIn() found no decision: call app.use(trustedHeader(…)) before it');
  }
  return decision;
}
