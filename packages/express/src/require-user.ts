import { userGuard } from '@trusted-header/login';
import type { RequestHandler } from 'express';
import { answerRefusal } from './answer-refusal.js';
import { letThrough } from './show.js';

/**
 * Lets a request through only if somebody is signed in: 401 for nobody, and for whom the proxy names after a sign-out.
 *
 * Needs `signIn` before it, and throws where that is missing.
 *
 * @example
 * ```ts
 * import { requireUser } from '@trusted-header/express';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/notes', requireUser(), (req, res) => {
 *   res.json(req.user);
 * });
 * ```
 */
export function requireUser(): RequestHandler {
  return function requireUser(req, res, next) {
    const refusal = userGuard(req);
    if (refusal) answerRefusal(refusal, req, res, next);
    else letThrough(req, next);
  };
}
