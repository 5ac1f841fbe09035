import { Server } from 'node:net';
import { type AdapterOptions, type ResolvedAdapterOptions, refusalOf } from '@trusted-header/core';
import { decideRequest, placeGuard, resolveNodeOptions } from '@trusted-header/node';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { logOf } from './log-of.js';
import { sendProblem } from './send-problem.js';

/**
 * Tells who is asking, once, from the TCP connection and the raw header lines; denies by default (D1).
 *
 * A plugin for the scope that registers it and everything below it. Register it first: it strips the identity headers,
 * so that what runs behind it reads the decision and never the header. Handlers read `request.identity` and
 * `request.decision`. Fastify's own `trustProxy` and `request.ip` play no part. Lines for the operator go to its logger.
 *
 * @param options Core's options, `anonymous: 'allow'` to let requests without any claim through, or a ready
 *   authenticator.
 * @throws {ConfigError} When it is registered, naming every bad entry.
 *
 * @example
 * ```ts
 * import { trustedHeader } from '@trusted-header/fastify';
 * import Fastify from 'fastify';
 *
 * const app = Fastify();
 * await app.register(trustedHeader, { trustedProxies: process.env.TRUSTED_PROXIES ?? '' });
 * app.get('/', (request) => `Hello ${request.identity?.user}`);
 * await app.listen({ port: 3000 });
 * ```
 */
export const trustedHeader = fp(
  async function trustedHeader(scope: FastifyInstance, options: AdapterOptions) {
    const { authenticator, anonymous } = resolveNodeOptions(options, logOf(scope));
    standInFrontOf(scope, { authenticator, anonymous });
    if (!scope.hasRequestDecorator('identity')) {
      scope.decorateRequest('identity');
      scope.decorateRequest('decision');
    }
    scope.addHook('onRequest', (request, reply, done) => {
      const decision = decideRequest(request.raw, authenticator);
      request.decision = decision;
      request.identity = decision.kind === 'authenticated' ? decision.identity : undefined;

      const refusal = refusalOf(decision, anonymous);
      if (refusal) sendProblem(request, reply, refusal);
      else done();
    });
  },
  { name: '@trusted-header/fastify', fastify: '5.x' },
);

/**
 * Decides and strips where requests come in (A6): what Fastify does before its hooks, and other listeners of its servers,
 * see no identity header. Registered at the root, it also keeps nobody from those listeners, which ask nobody.
 */
function standInFrontOf(
  scope: FastifyInstance,
  { authenticator, anonymous }: ResolvedAdapterOptions,
): void {
  const { server, routing } = scope;
  // A serverFactory may give anything.
  if (!(server instanceof Server)) return;
  placeGuard(server, {
    authenticator,
    anonymous,
    anonymousSockets: anonymous,
    // The hook asks there, and answers as the application wants it.
    handler: routing,
    handlerRefuses: true,
    // A scope has no say in what the rest of the server does: the hook decides about its own routes.
    stripsOnly: !Object.hasOwn(scope, 'server'),
  });
}
