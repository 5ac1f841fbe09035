import { type RegisteredRole, type RegisteredUser, roleGuard } from '@trusted-header/login';
import type { MiddlewareHandler } from 'hono';
import { answerRefusal } from './answer-refusal.js';

/**
 * Lets a request through only if its user has this role or a higher one: 401 for nobody, 403 `role-missing` for somebody else.
 *
 * Needs `signIn` with `roles` before it, and throws where that is missing, or has no such role.
 *
 * @example
 * ```ts
 * import { requireRole } from '@trusted-header/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.get('/admin', requireRole('admin'), (c) => c.text('Hello admin'));
 * ```
 */
export function requireRole(
  role: RegisteredRole,
): MiddlewareHandler<{ Variables: { readonly user: RegisteredUser } }> {
  const guard = roleGuard(role);
  return async function requireRole(c, next) {
    const refusal = guard(c);
    if (refusal) return answerRefusal(refusal, c);
    return next();
  };
}
