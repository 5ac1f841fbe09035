import { type RegisteredRole, roleGuard } from '@trusted-header/login';
import type { preHandlerAsyncHookHandler } from 'fastify';
import { answerRefusal } from './answer-refusal.js';

/**
 * Lets a request through only if its user has this role or a higher one: 401 for nobody, 403 `role-missing` for somebody else.
 *
 * Needs `signIn` with `roles` in the same scope or above, and throws where that is missing, or has no such role.
 *
 * @example
 * ```ts
 * import { requireRole } from '@trusted-header/fastify';
 * import Fastify from 'fastify';
 *
 * const app = Fastify();
 * app.get('/admin', { preHandler: requireRole('admin') }, () => 'Hello admin');
 * ```
 */
export function requireRole(role: RegisteredRole): preHandlerAsyncHookHandler {
  const guard = roleGuard(role);
  return async function requireRole(request, reply) {
    const refusal = guard(request.raw);
    return refusal && answerRefusal(refusal, request, reply);
  };
}
