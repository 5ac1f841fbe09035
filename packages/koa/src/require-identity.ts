import {
  compileGuard,
  type Decision,
  type GuardArguments,
  keptDecision,
} from '@trusted-header/core';
import type { Context, Middleware } from 'koa';
import { answerRefusal } from './answer-refusal.js';

/**
 * Lets a request through only if it has an identity that the policy admits: 401 for nobody, 403 for somebody else.
 *
 * Needs `trustedHeader` before it, and throws where that is missing.
 *
 * @param policy Without it, or with `anyUser`, any authenticated user passes; one that is given and undefined is an error.
 * @throws {ConfigError} `policy-invalid`, at construction.
 *
 * @example
 * ```ts
 * import { requireIdentity, trustedHeader } from '@trusted-header/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(trustedHeader({ trustedProxies: '172.20.0.2' }));
 * app.use(requireIdentity({ groups: { anyOf: ['admin'] } }));
 * ```
 */
export function requireIdentity(...policy: GuardArguments): Middleware {
  const guard = compileGuard(...policy);
  return async function requireIdentity(ctx, next) {
    const refusal = guard(decisionOf(ctx), ctx.req);
    if (refusal) return answerRefusal(refusal, ctx);
    return next();
  };
}

function decisionOf(ctx: Context): Decision {
  const decision = keptDecision(ctx.req);
  if (!decision) {
    throw new Error(
      'requireIdentity() found no decision: call app.use(trustedHeader(…)) before it',
    );
  }
  return decision;
}
