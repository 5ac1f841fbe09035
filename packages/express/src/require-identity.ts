import { compileGuard, type GuardArguments, keptDecision } from '@trusted-header/core';
import type { RequestHandler } from 'express';
import { answerRefusal } from './answer-refusal.js';
import { letThrough } from './show.js';

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
 * import { requireIdentity, trustedHeader } from '@trusted-header/express';
 * import express from 'express';
 *
 * const app = express();
 * app.use(trustedHeader({ trustedProxies: '172.20.0.2' }));
 * app.get('/admin', requireIdentity({ groups: { anyOf: ['admin'] } }), (req, res) => {
 *   res.send(`Hello ${req.identity?.user}`);
 * });
 * ```
 */
export function requireIdentity(...policy: GuardArguments): RequestHandler {
  const guard = compileGuard(...policy);
  return function requireIdentity(req, res, next) {
    const decision = keptDecision(req);
    if (!decision) {
      throw new Error(
        'requireIdentity() found no decision: call app.use(trustedHeader(…)) before it',
      );
    }
    const refusal = guard(decision, req);
    if (refusal) answerRefusal(refusal, req, res, next);
    else letThrough(req, next);
  };
}
