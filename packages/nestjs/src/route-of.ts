import type { ExecutionContext } from '@nestjs/common';
import { stateOf } from '@trusted-header/core';

/** Lets observers know the pattern of the route that a request is in: they are told of Node's request, which knows of none. */
export function keepRoute(holder: object, context: ExecutionContext): void {
  if (context.getType() !== 'http') return;
  const request: unknown = context.switchToHttp().getRequest();
  stateOf(holder).routeOf = () => routeIn(request);
}

/** Express notes `route`, below `baseUrl`; Fastify `routeOptions`. */
function routeIn(request: unknown): string | undefined {
  const path = textIn(partOf(request, 'route'), 'path');
  const base = textIn(request, 'baseUrl') ?? '';
  return path === undefined ? textIn(partOf(request, 'routeOptions'), 'url') : `${base}${path}`;
}

function textIn(holder: unknown, key: string): string | undefined {
  const value = partOf(holder, key);
  return typeof value === 'string' ? value : undefined;
}

function partOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
}
