import { compileGuard, type GuardArguments, keptDecision } from '@trusted-header/core';
import { answerRefusal } from './answer-refusal.js';
import type { Handler } from './handler.js';

/**
 * Lets a request through only if it has an identity that the policy admits: 401 for nobody, 403 for somebody else.
 *
 * Needs `trustedHeader` before it, and fails where that is missing.
 *
 * @param policy Without it, or with `anyUser`, any authenticated user passes; one that is given and undefined is an error.
 * @throws {ConfigError} `policy-invalid`, at construction.
 */
export function requireIdentity(...policy: GuardArguments): Handler {
  const guard = compileGuard(...policy);
  return function requireIdentity(req, res, next) {
    const decision = keptDecision(req);
    if (!decision) {
      next(new Error('requireIdentity() found no decision: put trustedHeader(…) before it'));
      return;
    }
    const refusal = guard(decision, req);
    if (refusal) answerRefusal(refusal, req, res);
    else next();
  };
}
