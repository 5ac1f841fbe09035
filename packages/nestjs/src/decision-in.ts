import type { ExecutionContext } from '@nestjs/common';
import type { Decision } from '@trusted-header/core';
import { decisionOf } from './decision-of.js';

/** Finds the decision about what a handler is being called for; undefined where there is no request. */
export function decisionIn(context: ExecutionContext): Decision | undefined {
  switch (context.getType<string>()) {
    case 'http':
      return decisionOf(context.switchToHttp().getRequest());
    case 'ws':
      return decisionOf(context.switchToWs().getClient());
    case 'graphql':
      return decisionOfGraphql(context.getArgByIndex(2));
    default:
      return undefined;
  }
}

/** Where the context of a resolver has its request: Apollo, Mercurius, and subscriptions over graphql-ws. */
function decisionOfGraphql(context: unknown): Decision | undefined {
  return (
    decisionOf(partOf(context, 'req')) ??
    decisionOf(partOf(context, 'request')) ??
    decisionOf(partOf(partOf(context, 'reply'), 'request')) ??
    decisionOf(partOf(partOf(context, 'extra'), 'request'))
  );
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
