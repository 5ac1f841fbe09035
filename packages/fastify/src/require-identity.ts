import { compileGuard, type GuardArguments, keptDecision } from '@trusted-header/core';
import type { preHandlerAsyncHookHandler } from 'fastify';
import { answerRefusal } from './answer-refusal.js';

/**
 * Lets a request through only if it has an identity that the policy admits: 401 for nobody, 403 for somebody else.
 *
 * Needs `trustedHeader` in the same scope or above, and throws where that is missing.
 *
 * @param policy Without it, or with `anyUser`, any authenticated user passes; one that is given and undefined is an error.
 * @throws {ConfigError} `policy-invalid`, at construction.
 *
 * @example
 * ```ts
 * import { requireIdentity, trustedHeader } from '@trusted-header/fastify';
 * import Fastify from 'fastify';
 *
 * const app = Fastify();
 * await app.register(trustedHeader, { trustedProxies: '172.20.0.2' });
 * const preHandler = requireIdentity({ groups: { anyOf: ['admin'] } });
 * app.get('/admin', { preHandler }, (request) => `Hello ${request.identity?.user}`);
 * ```
 */
export function requireIdentity(...policy: GuardArguments): preHandlerAsyncHookHandler {
  const guard = compileGuard(...policy);
  return async function requireIdentity(request, reply) {
    const decision = keptDecision(request.raw);
    if (!decision) {
      throw new Error('requireIdentity() found no decision: register trustedHeader before it');
    }
    const refusal = guard(decision, request.raw);
    return refusal && answerRefusal(refusal, request, reply);
  };
}
