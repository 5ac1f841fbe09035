import { userGuard } from '@trusted-header/login';
import type { Middleware } from 'koa';
import { answerRefusal } from './answer-refusal.js';

/**
 * Lets a request through only if somebody is signed in: 401 for nobody, and for whom the proxy names after a sign-out.
 *
 * Needs `signIn` before it, and throws where that is missing.
 *
 * @example
 * ```ts
 * import { requireUser } from '@trusted-header/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(requireUser());
 * ```
 */
export function requireUser(): Middleware {
  return async function requireUser(ctx, next) {
    const refusal = userGuard(ctx.req);
    if (refusal) return answerRefusal(refusal, ctx);
    return next();
  };
}
