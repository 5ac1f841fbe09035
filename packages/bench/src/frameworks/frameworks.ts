import type { MakeServer } from './middles.js';

/** Each loaded where it is needed: a process has one of them. */
export const FRAMEWORKS: Readonly<Record<string, () => Promise<MakeServer>>> = {
  Hono: async () => (await import('./hono.js')).makeHono,
  Koa: async () => (await import('./koa.js')).makeKoa,
  Express: async () => (await import('./express.js')).makeExpress,
  Fastify: async () => (await import('./fastify.js')).makeFastify,
  NestJS: async () => (await import('./nestjs.js')).makeNestjs,
};
