import type { ExecutionContext } from '@nestjs/common';
import { problemOf, type Refusal } from '@trusted-header/core';
import { TrustedHeaderException } from './trusted-header-exception.js';

/** Makes of a refusal what the context's own filters know. */
export async function exceptionFor(context: ExecutionContext, refusal: Refusal): Promise<Error> {
  if (context.getType() !== 'ws') return new TrustedHeaderException(refusal);
  const { WsException } = await import('@nestjs/websockets');
  return new WsException(problemOf(refusal));
}

/** Makes an error for the programmer about the handler that was called. */
export async function contextError(context: ExecutionContext, problem: string): Promise<Error> {
  const type = context.getType<string>();
  const message = `${handlerName(context)} ${problem}`;
  if (type === 'ws') {
    const { WsException } = await import('@nestjs/websockets');
    return new WsException(message);
  }
  if (type === 'rpc') {
    const { RpcException } = await import('@nestjs/microservices');
    return new RpcException(message);
  }
  return new Error(message);
}

/** `NewsGateway.latest` */
export function handlerName(context: ExecutionContext): string {
  return `${context.getClass().name}.${context.getHandler().name}`;
}
