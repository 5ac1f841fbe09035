import { afterEach, expect, it } from '@jest/globals';
import { All, Controller, type INestApplication, Module, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  RequireGroups,
  TrustedHeaderGuard,
  TrustedHeaderModule,
  type TrustedHeaderModuleOptions,
} from '../src/index.js';
import { JOHN, listen, visit } from './start.js';

const apps: INestApplication[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

@Controller()
class Routes {
  @All('healthz')
  healthz() {
    return 'ok';
  }

  @All('home')
  home() {
    return 'home';
  }

  @All('admin')
  @UseGuards(TrustedHeaderGuard)
  @RequireGroups('admin')
  admin() {
    return 'admin';
  }
}

const PLATFORMS = ['express', 'fastify'] as const;

async function start(
  platform: (typeof PLATFORMS)[number],
  options: TrustedHeaderModuleOptions,
): Promise<number> {
  @Module({ imports: [TrustedHeaderModule.forRoot(options)], controllers: [Routes] })
  class AppModule {}

  const app =
    platform === 'express'
      ? await NestFactory.create(AppModule, { logger: false })
      : await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
  apps.push(app);
  return listen(app);
}

it.each(PLATFORMS)(
  'opens paths on %s, also those that there are not; policies stay',
  async (platform) => {
    const port = await start(platform, {
      trustedProxies: '127.0.0.1',
      open: ['/healthz', '/nothing/*', '/admin'],
      log: false,
    });
    const statuses: Record<string, number> = {};
    for (const path of ['/healthz', '/nothing/here', '/admin', '/home', '/else', '/%68ealthz']) {
      statuses[path] = (await visit(port, path)).status;
    }
    expect(statuses).toEqual({
      '/healthz': 200,
      '/nothing/here': 404,
      '/admin': 401,
      '/home': 401,
      '/else': 401,
      '/%68ealthz': 401,
    });
  },
);

it.each(PLATFORMS)('asks a function about the request as it came in, on %s', async (platform) => {
  const asked: unknown[] = [];
  const port = await start(platform, {
    trustedProxies: '127.0.0.1',
    anonymous({ method, url }) {
      asked.push(`${method} ${url}`);
      return method === 'GET' ? 'allow' : 'refuse';
    },
    log: false,
  });
  expect([
    (await visit(port, '/home')).status,
    (await visit(port, '/home', { method: 'POST' })).status,
    (await visit(port, '/home?john', { method: 'POST', headers: JOHN })).status,
    (await visit(port, '/admin')).status,
    (await visit(port, '/home', { headers: JOHN, from: '127.0.0.2' })).status,
  ]).toEqual([200, 401, 200, 401, 403]);
  // About nobody, and about nobody else.
  expect([...new Set(asked)]).toEqual(['GET /home', 'POST /home', 'GET /admin']);
});
