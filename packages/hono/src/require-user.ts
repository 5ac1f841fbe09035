import { type RegisteredUser, userGuard } from '@trusted-header/login';
import type { MiddlewareHandler } from 'hono';
import { answerRefusal } from './answer-refusal.js';

/**
 * Lets a request through only if somebody is signed in: 401 for nobody, and for whom the proxy names after a sign-out.
 *
 * Needs `signIn` before it, and throws where that is missing.
 *
 * @example
 * ```ts
 * import { requireUser } from '@trusted-header/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.get('/notes', requireUser(), (c) => c.json(c.var.user));
 * ```
 */
export function requireUser(): MiddlewareHandler<{
  Variables: { readonly user: RegisteredUser };
}> {
  return async function requireUser(c, next) {
    const refusal = userGuard(c);
    if (refusal) return answerRefusal(refusal, c);
    return next();
  };
}
