import { type AdapterOptions, compileAdmission } from '@trusted-header/core';
import { refusalHandler } from '@trusted-header/login';
import {
  decideRequest,
  hasLeft,
  openProbe,
  prepareRequest,
  resolveNodeOptions,
  shapeOf,
} from '@trusted-header/node';
import type { Context, Middleware, Next } from 'koa';
import { answerRefusal, keepOnRefusal, type OnRefusal, toPortal } from './answer-refusal.js';
import { routeOf } from './route-of.js';

/**
 * Tells who is asking, once, from the TCP connection and the raw header lines; denies by default (D1).
 *
 * Put it first: it strips the identity headers, so that what runs behind it reads the decision and never the header.
 * Handlers read `ctx.state.identity` and `ctx.state.decision`. Koa's own `app.proxy` and `ctx.ip` play no part.
 *
 * @param options Core's options, `anonymous: 'allow'` to let requests without any claim through, or a ready
 *   authenticator.
 * @throws {ConfigError} At construction, naming every bad entry.
 *
 * @example
 * ```ts
 * import { trustedHeader } from '@trusted-header/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
 * app.use((ctx) => {
 *   ctx.body = `Hello ${ctx.state.identity?.user}`;
 * });
 * app.listen(3000);
 * ```
 */
export function trustedHeader(options: AdapterOptions<Context, OnRefusal>): Middleware {
  const resolved = resolveNodeOptions(options);
  const { authenticator } = resolved;
  const onRefusal = refusalHandler(resolved, toPortal);
  const admit = compileAdmission(resolved);
  const probe = openProbe(authenticator, 'koa');
  return function trustedHeader(ctx, next) {
    if (probe?.answers(ctx.req, ctx.res)) {
      ctx.respond = false;
      return undefined;
    }
    const pending = prepareRequest(ctx.req, authenticator);
    if (!pending) return decide(ctx, next);
    return pending.then(() => (hasLeft(ctx.req) ? undefined : decide(ctx, next)));
  };

  function decide(ctx: Context, next: Next): Promise<unknown> | unknown {
    const decision = decideRequest(ctx.req, authenticator, ctx, routeOf);
    if (onRefusal) keepOnRefusal(ctx.req, onRefusal);
    ctx.state.decision = decision;
    ctx.state.identity = decision.kind === 'authenticated' ? decision.identity : undefined;

    const refusal = admit(decision, shapeOf(ctx.req), ctx, ctx.req);
    if (!refusal) return next();
    ctx.state.identity = undefined;
    if (refusal.kind === 'refused') ctx.state.decision = refusal;
    return answerRefusal(refusal, ctx);
  }
}
