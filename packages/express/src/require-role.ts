import { type RegisteredRole, roleGuard } from '@trusted-header/login';
import type { RequestHandler } from 'express';
import { answerRefusal } from './answer-refusal.js';
import { letThrough } from './show.js';

/**
 * Lets a request through only if its user has this role or a higher one: 401 for nobody, 403 `role-missing` for somebody else.
 *
 * Needs `signIn` with `roles` before it, and throws where that is missing, or has no such role.
 *
 * @example
 * ```ts
 * import { requireRole } from '@trusted-header/express';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/admin', requireRole('admin'), (_, res) => {
 *   res.send('Hello admin');
 * });
 * ```
 */
export function requireRole(role: RegisteredRole): RequestHandler {
  const guard = roleGuard(role);
  return function requireRole(req, res, next) {
    const refusal = guard(req);
    if (refusal) answerRefusal(refusal, req, res, next);
    else letThrough(req, next);
  };
}
