import { userGuard } from '@trusted-header/login';
import type { preHandlerAsyncHookHandler } from 'fastify';
import { answerRefusal } from './answer-refusal.js';

/**
 * Lets a request through only if somebody is signed in: 401 for nobody, and for whom the proxy names after a sign-out.
 *
 * Needs `signIn` in the same scope or above, and throws where that is missing.
 *
 * @example
 * ```ts
 * import { requireUser } from '@trusted-header/fastify';
 * import Fastify from 'fastify';
 *
 * const app = Fastify();
 * app.get('/notes', { preHandler: requireUser() }, (request) => request.user);
 * ```
 */
export function requireUser(): preHandlerAsyncHookHandler {
  return async function requireUser(request, reply) {
    const refusal = userGuard(request.raw);
    return refusal && answerRefusal(refusal, request, reply);
  };
}
