import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import {
  type AnonymousTest,
  compileAnonymous,
  keptDecision,
  refusalOf,
} from '@trusted-header/core';
import type { NodeRequest } from '@trusted-header/node';
import { keptMode } from './anonymous-modes.js';
import { subjectIn } from './decision-in.js';
import { holderOf } from './decision-of.js';
import { contextError, exceptionFor } from './exception-for.js';
import { SETTINGS, type Settings } from './options.js';
import { keepRoute } from './route-of.js';
import { type Rules, rulesFor } from './rules.js';
import { showTo } from './show-to.js';

/**
 * Lets a request to its handler if it has an identity, and one that all policies admit. Works for controllers, GraphQL
 * resolvers and gateways; what knows no requests is denied, unless the handler allows it.
 *
 * It is on every handler, unless the module was told `global: false`: then put `@UseGuards(TrustedHeaderGuard)` on those
 * that need it.
 */
@Injectable()
export class TrustedHeaderGuard implements CanActivate {
  private readonly usualMode: AnonymousTest<NodeRequest>;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.usualMode = compileAnonymous(settings);
  }

  /** Rejects where it refuses; without a promise where it lets through, as most often, and Nest need not wait. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { isOpen, guards } = rulesFor(context);
    const subject = subjectIn(context);
    const holder = holderOf(subject);
    const decision = holder && keptDecision(holder);
    if (!holder || !decision) {
      return (isOpen && !isRequest(context)) || failWith(undecided(context));
    }
    if (context.getType() === 'http') {
      showTo(subject, decision);
      keepRoute(holder, subject);
    }
    const isAllowed = isOpen || (decision.kind === 'anonymous' && this.lets(guards, holder));
    const refusal =
      refusalOf(decision, isAllowed ? 'allow' : 'refuse', holder) ??
      guards.map((guard) => guard(decision, holder)).find((it) => it !== undefined);
    return !refusal || failWith(exceptionFor(context, refusal));
  }

  /** Messages of gateways have no request: what holds without asking about one, holds for them as for everything. */
  private lets(guards: Rules['guards'], holder: object): boolean {
    if (guards.length > 0) return false;
    return this.usualMode(NO_SHAPE, undefined) === 'allow' || keptMode(holder) === 'allow';
  }
}

/** Says what to do about a handler that is called for nobody knows whom. */
function undecided(context: ExecutionContext): Promise<Error> {
  const type = context.getType<string>();
  return contextError(
    context,
    isRequest(context)
      ? "was called for a request that TrustedHeaderModule has not seen: it sees those of the application's own server"
      : `was called by ${type}, which tells nothing of who is asking: mark it with @AllowAnonymous() if anybody may`,
  );
}

/** Of no request: no path of it is open. */
const NO_SHAPE = { method: undefined, target: undefined, rawHeaders: [] };

function isRequest(context: ExecutionContext): boolean {
  return ['http', 'ws', 'graphql'].includes(context.getType<string>());
}

async function failWith(error: Promise<Error>): Promise<never> {
  throw await error;
}
