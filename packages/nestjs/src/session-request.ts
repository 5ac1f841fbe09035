import type { ExecutionContext } from '@nestjs/common';
import { isObject } from '@trusted-header/core';
import type { NodeRequest } from '@trusted-header/node';
import { subjectIn } from './decision-in.js';
import { holderOf } from './decision-of.js';

/** A request that can have a session. */
export interface SessionRequest {
  /** As the framework has it: what session libraries know. */
  readonly request: object;
  /** As it came in: on it is kept what is known of it. */
  readonly holder: NodeRequest;
}

/**
 * Finds the request that a handler is being called for, if it can have a session. Messages of gateways and GraphQL's
 * subscriptions come by a handshake, which has seen no session middleware and gets no cookie.
 */
export function sessionRequestIn(context: ExecutionContext): SessionRequest | undefined {
  const request = subjectIn(context);
  const holder = holderOf(request);
  if (!isObject(request) || !isNodeRequest(holder)) return undefined;
  return isHandshake(context, holder) ? undefined : { request, holder };
}

function isNodeRequest(holder: object | undefined): holder is NodeRequest {
  return holder !== undefined && 'rawHeaders' in holder;
}

/** A client of socket.io leads to the request of its handshake, which can be an ordinary one. */
function isHandshake(context: ExecutionContext, holder: NodeRequest): boolean {
  return context.getType() === 'ws' || Reflect.get(holder, 'upgrade') === true;
}
