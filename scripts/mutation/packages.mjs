/** What is tried whole at night, and in part with each pull request: what decides, and what stands at the door. */
export const MUTATED = ['core', 'node', 'nextjs', 'nestjs', 'express', 'koa', 'hono', 'fastify'];

/** How much of a package's changes tests must notice, in percent. */
export function leastPercentOf(name) {
  return name === 'core' ? 95 : 90;
}
