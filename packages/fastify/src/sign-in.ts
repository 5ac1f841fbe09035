import { keptDecision } from '@trusted-header/core';
import {
  createLogin,
  type LoginOptions,
  type RegisteredRole,
  type RegisteredUser,
} from '@trusted-header/login';
import { shapeOf } from '@trusted-header/node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { answerRefusal } from './answer-refusal.js';
import { logOf } from './log-of.js';

/** What {@link signIn} takes: how users are found, the session library, roles. */
export type SignInOptions = LoginOptions<FastifyRequest, RegisteredUser, RegisteredRole>;

/**
 * Signs in whom the proxy names: finds or creates the application's user, and follows the proxy with the session (P2, P5).
 *
 * A plugin: register it behind `trustedHeader` and behind the session plugin. Handlers read `request.user`; it is undefined where
 * nobody is signed in, which `anonymous: 'allow'`, an `open` path, a sign-out or another login can be the reason of. Answers 403
 * `user-unknown` where `find` and `create` give `null`, and 503 where they fail.
 *
 * @throws {ConfigError} `option-invalid`, when it is registered.
 *
 * @example
 * ```ts
 * import { signIn, trustedHeader } from '@trusted-header/fastify';
 * import Fastify from 'fastify';
 *
 * const app = Fastify();
 * await app.register(trustedHeader, { trustedProxies: process.env.TRUSTED_PROXIES });
 * await app.register(signIn, { find: ({ user }) => ({ name: user }) });
 * app.get('/', (request) => request.user);
 * ```
 */
export const signIn = fp(
  async function signIn(scope: FastifyInstance, options: SignInOptions) {
    const log = logOf(scope);
    const login = createLogin({ ...(log && { log }), ...options });
    if (!scope.hasRequestDecorator('user')) scope.decorateRequest('user');
    scope.addHook('onRequest', async (request, reply) => {
      const { raw } = request;
      const decision = keptDecision(raw);
      if (!decision) {
        throw new Error('signIn() found no decision: register trustedHeader before it');
      }
      const { user, refusal, isOthers } = await login.follow(request, {
        holder: raw,
        decision,
        shape: shapeOf(raw),
      });
      if (!isOthers) request.user = user;
      return refusal && answerRefusal(refusal, request, reply);
    });
  },
  { name: '@trusted-header/fastify sign-in', fastify: '5.x' },
);
