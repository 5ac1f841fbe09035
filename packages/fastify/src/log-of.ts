import type { DecisionEvent } from '@trusted-header/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fieldsOf } from './fields-of.js';

/** Writes a line where Fastify's own lines go. */
export type FastifyLog = (line: string, event?: DecisionEvent<FastifyRequest>) => void;

/**
 * Gives what writes warnings to Fastify's own logger: with the request's own, which knows its id, where there is a request.
 * Undefined where the application has no logger: what Fastify puts in its place swallows every line, and nobody would learn why
 * users are refused.
 */
export function logOf({ log }: FastifyInstance): FastifyLog | undefined {
  // One function stands for all levels. In pino that means that the level is above them, which somebody has asked for.
  const isNone = log.warn === log.fatal && typeof log.level !== 'string';
  if (isNone) return undefined;
  return (line, event) => {
    if (event) (event.request?.log ?? log).warn(fieldsOf(event), line);
    else log.warn(line);
  };
}
