import type { FastifyInstance } from 'fastify';

/**
 * Gives where Fastify's own logger takes warnings; undefined where the application has no logger: what Fastify puts in its
 * place swallows every line, and nobody would learn why users are refused.
 */
export function logOf({ log }: FastifyInstance): ((line: string) => void) | undefined {
  // One function stands for all levels. In pino that means that the level is above them, which somebody has asked for.
  const isNone = log.warn === log.fatal && !('level' in log && typeof log.level === 'string');
  return isNone ? undefined : (line) => log.warn(line);
}
