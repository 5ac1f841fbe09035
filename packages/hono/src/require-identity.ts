import {
  compileGuard,
  type Decision,
  type GuardArguments,
  type Identity,
  keptDecision,
} from '@trusted-header/core';
import type { Context, MiddlewareHandler } from 'hono';
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
 * import { requireIdentity, trustedHeader } from '@trusted-header/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.use(trustedHeader({ trustedProxies: '172.20.0.2' }));
 * app.get('/admin', requireIdentity({ groups: { anyOf: ['admin'] } }), (c) =>
 *   c.text(`Hello ${c.var.identity.user}`),
 * );
 * ```
 */
export function requireIdentity(
  ...policy: GuardArguments
): MiddlewareHandler<{ Variables: { readonly identity: Identity } }> {
  const guard = compileGuard(...policy);
  return async function requireIdentity(c, next) {
    const refusal = guard(decisionOf(c), c);
    if (refusal) return answerRefusal(refusal, c);
    return next();
  };
}

function decisionOf(c: Context): Decision {
  const decision = keptDecision(c);
  if (!decision) {
    throw new Error(
      'requireIdentity() found no decision: call app.use(trustedHeader(…)) before it',
    );
  }
  return decision;
}
