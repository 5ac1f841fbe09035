import { type RegisteredRole, roleGuard } from '@trusted-header/login';
import type { Middleware } from 'koa';
import { answerRefusal } from './answer-refusal.js';

/**
 * Lets a request through only if its user has this role or a higher one: 401 for nobody, 403 `role-missing` for somebody else.
 *
 * Needs `signIn` with `roles` before it, and throws where that is missing, or has no such role.
 *
 * @example
 * ```ts
 * import { requireRole } from '@trusted-header/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(requireRole('admin'));
 * ```
 */
export function requireRole(role: RegisteredRole): Middleware {
  const guard = roleGuard(role);
  return async function requireRole(ctx, next) {
    const refusal = guard(ctx.req);
    if (refusal) return answerRefusal(refusal, ctx);
    return next();
  };
}
