import type { ExecutionContext } from '@nestjs/common';
import type { Decision } from '@trusted-header/core';
import { propertyOf } from '@trusted-header/node';
import { decisionOf, holderOf } from './decision-of.js';

/** Finds the decision about what a handler is being called for; undefined where there is no request. */
export function decisionIn(context: ExecutionContext): Decision | undefined {
  return decisionOf(subjectIn(context));
}

/** Finds what a handler is being called for, as the framework has it: a request of Express or Fastify, a gateway's client. */
export function subjectIn(context: ExecutionContext): unknown {
  switch (context.getType<string>()) {
    case 'http':
      return context.switchToHttp().getRequest();
    case 'ws':
      return context.switchToWs().getClient();
    case 'graphql':
      return subjectOfGraphql(context.getArgByIndex(2));
    default:
      return undefined;
  }
}

/** Where the context of a resolver has its request: Apollo, Mercurius, and subscriptions over graphql-ws. */
function subjectOfGraphql(context: unknown): unknown {
  return [
    propertyOf(context, 'req'),
    propertyOf(context, 'request'),
    propertyOf(propertyOf(context, 'reply'), 'request'),
    propertyOf(propertyOf(context, 'extra'), 'request'),
  ].find((subject) => holderOf(subject) !== undefined);
}
