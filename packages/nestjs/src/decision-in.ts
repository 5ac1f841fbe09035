import type { ExecutionContext } from '@nestjs/common';
import type { Decision } from '@trusted-header/core';
import { decisionOf, holderOf } from './decision-of.js';

/** Finds the decision about what a handler is being called for; undefined where there is no request. */
export function decisionIn(context: ExecutionContext): Decision | undefined {
  return decisionOf(holderIn(context));
}

/** Finds the object on which that decision is kept. */
export function holderIn(context: ExecutionContext): object | undefined {
  switch (context.getType<string>()) {
    case 'http':
      return holderOf(context.switchToHttp().getRequest());
    case 'ws':
      return holderOf(context.switchToWs().getClient());
    case 'graphql':
      return holderOfGraphql(context.getArgByIndex(2));
    default:
      return undefined;
  }
}

/** Where the context of a resolver has its request: Apollo, Mercurius, and subscriptions over graphql-ws. */
function holderOfGraphql(context: unknown): object | undefined {
  return (
    holderOf(partOf(context, 'req')) ??
    holderOf(partOf(context, 'request')) ??
    holderOf(partOf(partOf(context, 'reply'), 'request')) ??
    holderOf(partOf(partOf(context, 'extra'), 'request'))
  );
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
