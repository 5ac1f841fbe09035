import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TrustedHeaderModule, type TrustedHeaderModuleOptions } from '../src/index.js';
import { JOHN, listen, visit } from './start.js';

const apps: INestApplication[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

@Controller()
class HomeController {
  @Get()
  home() {
    return 'home';
  }
}

/** An application whose middleware fails before guards are asked. */
async function start(
  adapter: ExpressAdapter | FastifyAdapter,
  error: unknown,
  options: Partial<TrustedHeaderModuleOptions> = {},
): Promise<number> {
  const module = TrustedHeaderModule.forRoot({
    trustedProxies: '127.0.0.1',
    log: false,
    ...options,
  });
  @Module({ imports: [module], controllers: [HomeController] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, adapter, { logger: false });
  apps.push(app);
  app.use((_req: unknown, _res: unknown, next: (error: unknown) => void) => next(error));
  return listen(app);
}

const failed = (fields: object) => Object.assign(new Error('in front'), fields);

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('a middleware that fails before guards are asked, on %s', (_, adapter) => {
  it.each([
    ['a body that cannot be parsed', failed({ statusCode: 400 }), 401],
    ['the same, as other parsers say it', failed({ status: 422 }), 401],
    ['the last of the client’s faults', failed({ statusCode: 499 }), 401],
    ['a fault of the server’s, which is for its log', failed({ statusCode: 500 }), 500],
    ['a fault of the server’s, as others say it', failed({ status: 503 }), 500],
    ['what is no fault', failed({ status: 399 }), 500],
    ['an error without a status', failed({}), 500],
    ['a status in words', failed({ status: '404' }), 500],
    ['no error at all', 'just a text', 500],
  ])('answers nobody for %s', async (_what, error, status) => {
    const answer = await visit(await start(adapter(), error), '/');
    const text = status === 401 ? 'authentication-required' : 'Internal server error';
    expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(text)]);
  });

  it('answers a user as Nest does, and nobody where nobody may ask', async () => {
    const error = failed({ statusCode: 400 });
    expect((await visit(await start(adapter(), error), '/', { headers: JOHN })).status).toBe(500);
    const open = await start(adapter(), error, { anonymous: 'allow' });
    expect((await visit(open, '/')).status).toBe(500);
  });
});
