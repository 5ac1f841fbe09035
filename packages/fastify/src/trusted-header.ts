import {
  type AdapterOptions,
  compileAdmission,
  type ResolvedAdapterOptions,
} from '@trusted-header/core';
import { refusalHandler } from '@trusted-header/login';
import {
  decideRequest,
  hasLeft,
  isServer,
  type NodeRequest,
  openProbe,
  type ProbeReceiver,
  placeGuard,
  prepareRequest,
  resolveNodeOptions,
  shapeOf,
} from '@trusted-header/node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { answerRefusal, keepOnRefusal, type OnRefusal, toPortal } from './answer-refusal.js';
import { logOf } from './log-of.js';
import { routeOf } from './route-of.js';

type FastifyOptions = AdapterOptions<FastifyRequest, OnRefusal>;

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
 * await app.register(trustedHeader, { trustedProxies: process.env.TRUSTED_PROXIES });
 * app.get('/', (request) => `Hello ${request.identity?.user}`);
 * await app.listen({ port: 3000 });
 * ```
 */
export const trustedHeader = fp(
  async function trustedHeader(scope: FastifyInstance, options: FastifyOptions) {
    const resolved = resolveNodeOptions(options, logOf(scope));
    const { authenticator } = resolved;
    const onRefusal = refusalHandler(resolved, toPortal);
    const admit = compileAdmission(resolved);
    const probe = openProbe(authenticator, 'fastify');
    standInFrontOf(scope, resolved, probe);
    if (!scope.hasRequestDecorator('identity')) {
      scope.decorateRequest('identity');
      scope.decorateRequest('decision');
    }
    scope.addHook('onRequest', (request, reply, done) => {
      if (probe?.answers(request.raw, reply.raw)) {
        reply.hijack();
        return;
      }
      const pending = prepareRequest(request.raw, authenticator);
      if (!pending) decide(request, reply, done);
      else pending.then(() => hasLeft(request.raw) || decide(request, reply, done)).catch(done);
    });

    function decide(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
      const decision = decideRequest(request.raw, authenticator, request, routeOf);
      if (onRefusal) keepOnRefusal(request.raw, onRefusal);
      request.decision = decision;
      request.identity = decision.kind === 'authenticated' ? decision.identity : undefined;

      const refusal = admit(decision, shapeOf(request.raw), request, request.raw);
      if (!refusal) {
        done();
        return;
      }
      request.identity = undefined;
      if (refusal.kind === 'refused') request.decision = refusal;
      answerRefusal(refusal, request, reply);
    }
  },
  { name: '@trusted-header/fastify', fastify: '5.x' },
);

/**
 * Decides and strips where requests come in (A6): what Fastify does before its hooks, and other listeners of its servers,
 * see no identity header. Registered at the root, it also keeps nobody from those listeners, which ask nobody.
 */
function standInFrontOf(
  scope: FastifyInstance,
  resolved: ResolvedAdapterOptions<FastifyRequest>,
  probe: ProbeReceiver | undefined,
): void {
  const { server, routing } = scope;
  // A serverFactory may give anything.
  if (!isServer(server)) return;
  const { anonymous, ...rest } = resolved;
  // There is no request of Fastify's yet that a function could be asked about.
  const mode = typeof anonymous === 'function' ? 'refuse' : anonymous;
  const admit = compileAdmission<NodeRequest>({ ...rest, ...(mode && { anonymous: mode }) });
  placeGuard(server, {
    authenticator: resolved.authenticator,
    probe,
    admit,
    admitSockets: admit,
    // The hook asks there, and answers as the application wants it.
    handler: routing,
    handlerRefuses: true,
    handlerTells: true,
    // A scope has no say in what the rest of the server does: the hook decides about its own routes.
    stripsOnly: !Object.hasOwn(scope, 'server'),
  });
}
