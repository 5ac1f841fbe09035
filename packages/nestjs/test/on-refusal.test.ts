import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  type INestApplication,
  Module,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OnServerRefusal } from '@trusted-header/node';
import { RequireGroups, TrustedHeaderException, TrustedHeaderModule } from '../src/index.js';
import { listen } from './start.js';

const ALICE = { 'Remote-User': 'alice' };
const AMBIGUOUS = { ...ALICE, Remote_User: 'mallory' };

const apps: INestApplication[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

@Controller()
class Routes {
  @Get()
  home() {
    return 'reached';
  }

  @Get('admin')
  @RequireGroups('admin')
  admin() {
    return 'reached';
  }
}

/** Nest's own place for what guards refuse. */
@Catch(TrustedHeaderException)
class SignInFilter implements ExceptionFilter<TrustedHeaderException> {
  catch(exception: TrustedHeaderException, host: ArgumentsHost) {
    const reply = host.switchToHttp().getResponse();
    const { code } = { code: 'unknown', ...Object(exception.getResponse()) };
    reply.status(exception.getStatus()).send(`filter: ${code}`);
  }
}

async function start(
  adapter: ExpressAdapter | FastifyAdapter,
  onRefusal?: OnServerRefusal,
  ...filters: readonly ExceptionFilter[]
) {
  const options = { trustedProxies: '127.0.0.1', log: false } as const;
  @Module({
    imports: [TrustedHeaderModule.forRoot({ ...options, ...(onRefusal && { onRefusal }) })],
    controllers: [Routes],
  })
  class AppModule {}
  const app =
    adapter instanceof ExpressAdapter
      ? await NestFactory.create(AppModule, adapter, { logger: false })
      : await NestFactory.create(AppModule, adapter, { logger: false });
  apps.push(app);
  // Before the module's own, which an APP_FILTER of the application's is not.
  app.useGlobalFilters(...filters);
  const port = await listen(app);
  return async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    return `${answer.status} ${await answer.text()}`;
  };
}

const answer: OnServerRefusal = ({ status, code }, _req, res) => {
  res.statusCode = status;
  res.end(`onRefusal: ${code}`);
};

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('what is refused, on %s', (_, adapter) => {
  it('is answered by onRefusal: in front, by guards, and where there is no handler', async () => {
    const visit = await start(adapter(), answer);
    expect(await visit('/', AMBIGUOUS)).toBe('403 onRefusal: header-ambiguous');
    expect(await visit('/')).toBe('401 onRefusal: authentication-required');
    expect(await visit('/admin', ALICE)).toBe('403 onRefusal: group-missing');
    expect(await visit('/no-such-path')).toBe('401 onRefusal: authentication-required');
    expect(await visit('/', ALICE)).toBe('200 reached');
  });

  it('is answered by a filter of the application’s where guards refuse', async () => {
    const visit = await start(adapter(), undefined, new SignInFilter());
    expect(await visit('/')).toBe('401 filter: authentication-required');
    expect(await visit('/admin', ALICE)).toBe('403 filter: group-missing');
    // In front of Nest there are no filters.
    expect(await visit('/', AMBIGUOUS)).toContain('403 {"type":"about:blank"');
  });

  it('is answered by both, each in its place', async () => {
    const visit = await start(adapter(), answer, new SignInFilter());
    expect(await visit('/', AMBIGUOUS)).toBe('403 onRefusal: header-ambiguous');
    expect(await visit('/')).toBe('401 filter: authentication-required');
  });
});
