import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, type DynamicModule, Get, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { DecisionEvent } from '@trusted-header/core';
import type { NodeRequest } from '@trusted-header/node';
import { AllowAnonymous, RequireGroups, SignInModule, TrustedHeaderModule } from '../src/index.js';
import { listen, visit } from './start.js';

const apps: INestApplication[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

const UNCLAIMED =
  'trusted-header: the proxy 127.0.0.1 sent a request without Remote-User; if that person is signed in, make it copy the headers of the authorization response (npx @trusted-header/cli proxy-config)';

@Controller()
class HomeController {
  @Get()
  home() {
    return 'home';
  }

  @Get('open')
  @AllowAnonymous()
  open() {
    return 'open';
  }

  @Get('wheel')
  @RequireGroups('wheel')
  wheel() {
    return 'wheel';
  }
}

/** Starts an application with a logger that keeps the warnings of trusted-header. */
async function start(
  adapter: ExpressAdapter | FastifyAdapter,
  options: object = {},
  imports: DynamicModule[] = [],
  module = TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', ...options }),
) {
  const warned: string[] = [];
  @Module({
    imports: [module, ...imports],
    controllers: [HomeController],
  })
  class AppModule {}
  const nothing = () => undefined;
  const logger = {
    log: nothing,
    error: nothing,
    warn: (message: unknown, context: unknown) => warned.push(`[${context}] ${message}`),
  };
  const app =
    adapter instanceof ExpressAdapter
      ? await NestFactory.create(AppModule, adapter, { logger })
      : await NestFactory.create(AppModule, adapter, { logger });
  apps.push(app);
  return { port: await listen(app), warned };
}

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('lines about requests, on %s', (_, adapter) => {
  it("go to Nest's own logger: a denial, and a 401 of the proxy's", async () => {
    const { port, warned } = await start(adapter());
    const headers = { 'Remote-User': 'kim', 'Remote-Groups': '/wheel' };
    expect((await visit(port, '/wheel', { headers })).status).toBe(403);
    expect((await visit(port, '/')).status).toBe(401);
    expect(warned).toEqual([
      '[TrustedHeader] trusted-header: a user from 127.0.0.1 was denied: group-missing; the route asks for one of the groups "wheel"; the user has 1 group (Remote-Groups); "wheel" is there with a / before it: write it so, or turn off full group paths at the provider',
      `[TrustedHeader] ${UNCLAIMED}`,
    ]);
  });

  it('are not written about nobody where anybody may ask', async () => {
    const { port, warned } = await start(adapter());
    expect((await visit(port, '/open')).status).toBe(200);
    expect(warned).toEqual([]);
  });

  it('are written about a 401 where there is no handler', async () => {
    const { port, warned } = await start(adapter());
    expect((await visit(port, '/nowhere')).status).toBe(401);
    expect(warned).toEqual([`[TrustedHeader] ${UNCLAIMED}`]);
  });

  it('are not written about pages that anybody may see where only sockets need somebody', async () => {
    const { port, warned } = await start(adapter(), {
      anonymous: 'allow',
      anonymousSockets: 'refuse',
    });
    expect((await visit(port, '/')).status).toBe(200);
    expect(warned).toEqual([]);
  });

  it('of a sign-in go there as well, and quote nothing of what the database says', async () => {
    const module = SignInModule.forRoot({
      find: () => Promise.reject(new Error('no connection for kim')),
    });
    const { port, warned } = await start(adapter(), {}, [module]);
    expect((await visit(port, '/', { headers: { 'Remote-User': 'kim' } })).status).toBe(503);
    expect(warned).toEqual([
      '[TrustedHeader] trusted-header: nobody can be signed in, requests get 503: find: it threw (Error)',
    ]);
  });

  it('go where the options say, if they say so', async () => {
    const lines: string[] = [];
    const { port, warned } = await start(adapter(), { log: (line: string) => lines.push(line) });
    expect((await visit(port, '/')).status).toBe(401);
    expect(lines).toEqual([UNCLAIMED]);
    expect(warned).toEqual([]);
  });
});

describe('header login that is off', () => {
  it('is told to Nest’s logger, lets nobody pass, and leaves policies as they are (D6)', async () => {
    // As from a ConfigService. What forRoot tells comes before the application has a logger, and goes to Nest's first one.
    const module = TrustedHeaderModule.forRootAsync({
      useFactory: () => ({ trustedProxies: undefined, optional: true }),
    });
    const { port, warned } = await start(new ExpressAdapter(), {}, [], module);
    const answers = [];
    for (const path of ['/', '/open', '/wheel', '/no-such-path']) {
      const { status } = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { 'Remote-User': 'alice', 'Remote-Groups': 'wheel' },
      });
      answers.push(`${path} ${status}`);
    }
    expect(answers).toEqual(['/ 200', '/open 200', '/wheel 401', '/no-such-path 404']);
    expect(warned).toEqual([
      "[TrustedHeader] trusted-header: header login is off: trustedProxies names no proxy, and every request is nobody's; to switch it on, set TRUSTED_PROXIES to the address from which your reverse proxy connects",
    ]);
  });
});

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('an observer, on %s', (_, adapter) => {
  it("hears of Node's request, and of the route where a handler's policy denies", async () => {
    const told: unknown[] = [];
    const onDecision = ({ reason, route, request }: DecisionEvent<NodeRequest>) =>
      told.push([reason, route, request?.url, request?.headers['remote-user']]);
    const { port } = await start(adapter(), { onDecision });
    const headers = { 'Remote-User': 'kim' };
    expect((await visit(port, '/wheel?a', { headers })).status).toBe(403);
    expect(told).toEqual([
      [undefined, undefined, '/wheel?a', undefined],
      ['group-missing', '/wheel', '/wheel?a', undefined],
    ]);
  });
});
