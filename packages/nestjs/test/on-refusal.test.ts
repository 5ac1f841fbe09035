import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:http2';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
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
import {
  RequireGroups,
  TrustedHeaderException,
  TrustedHeaderModule,
  type TrustedHeaderModuleOptions,
} from '../src/index.js';
import { listen } from './start.js';

const ALICE = { 'Remote-User': 'alice' };
const AMBIGUOUS = { ...ALICE, Remote_User: 'mallory' };

const apps: INestApplication[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

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
  more: Partial<TrustedHeaderModuleOptions>,
  ...filters: readonly ExceptionFilter[]
) {
  const options = { trustedProxies: '127.0.0.1', log: false } as const;
  @Module({
    imports: [TrustedHeaderModule.forRoot({ ...options, ...more })],
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

const onRefusal: OnServerRefusal = ({ status, code }, _req, res) => {
  res.statusCode = status;
  res.end(`onRefusal: ${code}`);
};

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('what is refused, on %s', (_, adapter) => {
  it('is answered by onRefusal: in front, by guards, and where there is no handler', async () => {
    const visit = await start(adapter(), { onRefusal });
    expect(await visit('/', AMBIGUOUS)).toBe('403 onRefusal: header-ambiguous');
    expect(await visit('/')).toBe('401 onRefusal: authentication-required');
    expect(await visit('/admin', ALICE)).toBe('403 onRefusal: group-missing');
    expect(await visit('/no-such-path')).toBe('401 onRefusal: authentication-required');
    expect(await visit('/', ALICE)).toBe('200 reached');
  });

  it('is answered by a filter of the application’s where guards refuse', async () => {
    const visit = await start(adapter(), {}, new SignInFilter());
    expect(await visit('/')).toBe('401 filter: authentication-required');
    expect(await visit('/admin', ALICE)).toBe('403 filter: group-missing');
    // In front of Nest there are no filters.
    expect(await visit('/', AMBIGUOUS)).toContain('403 {"type":"about:blank"');
  });

  it('is answered with the problem, and at once, where a portal is not asked for', async () => {
    const told = jest.spyOn(console, 'error').mockReturnValue();
    const visit = await start(adapter(), { signIn: { portal: 'https://auth.example.com' } });
    expect(await visit('/', AMBIGUOUS)).toContain('header-ambiguous');
    expect(await visit('/admin', ALICE)).toContain('group-missing');
    // An answer that is waited for in vain is an error, two seconds later.
    expect(told).not.toHaveBeenCalled();
  });

  it('is answered by both, each in its place', async () => {
    const visit = await start(adapter(), { onRefusal }, new SignInFilter());
    expect(await visit('/', AMBIGUOUS)).toBe('403 onRefusal: header-ambiguous');
    expect(await visit('/')).toBe('401 filter: authentication-required');
  });
});

it('is nobody for onRefusal where another site has asked, whoever else listens to the server', async () => {
  const seen: unknown[] = [];
  const tell: OnServerRefusal = ({ code }, req, res) => {
    seen.push([code, Reflect.get(req, 'identity'), Reflect.get(req, 'decision')?.kind]);
    res.end();
  };
  const forRoot = { trustedProxies: '127.0.0.1', log: false, sameOrigin: 'unsafe' } as const;
  @Module({
    imports: [TrustedHeaderModule.forRoot({ ...forRoot, onRefusal: tell })],
    controllers: [Routes],
  })
  class AppModule {}
  for (const isAlone of [true, false]) {
    const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
    apps.push(app);
    // As socket.io does.
    if (!isAlone) app.getHttpServer().on('request', () => undefined);
    const headers = { ...ALICE, 'Sec-Fetch-Site': 'cross-site' };
    const options = { port: await listen(app), host: '127.0.0.1', method: 'POST', headers };
    const [answer] = await once(request(options).end(), 'response');
    answer.resume();
  }
  expect(seen).toEqual([
    ['cross-origin', undefined, 'refused'],
    ['cross-origin', undefined, 'refused'],
  ]);
});

it('has told who asks before it asks the application about nobody, also for a socket', async () => {
  const seen: unknown[] = [];
  const anonymous = (req: object) => {
    seen.push(Reflect.get(req, 'decision')?.kind);
    return 'refuse' as const;
  };
  @Module({
    imports: [
      TrustedHeaderModule.forRoot({
        trustedProxies: '127.0.0.1',
        log: false,
        anonymous,
      }),
    ],
    controllers: [Routes],
  })
  class AppModule {}
  const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
  apps.push(app);
  app.getHttpServer().on('upgrade', (_req: unknown, socket: Socket) => socket.end());
  const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
  const options = { port: await listen(app), host: '127.0.0.1', headers };
  const [answer] = await once(request(options).end(), 'response');
  expect([answer.statusCode, seen]).toEqual([401, ['anonymous', 'anonymous']]);
});

it('keeps the headers that a hook of Fastify’s has set, as a browser of another origin needs them', async () => {
  const options = { trustedProxies: '127.0.0.1', log: false } as const;
  @Module({ imports: [TrustedHeaderModule.forRoot(options)], controllers: [Routes] })
  class AppModule {}
  const adapter = new FastifyAdapter();
  const app = await NestFactory.create(AppModule, adapter, { logger: false });
  apps.push(app);
  adapter.getInstance().addHook('onRequest', async (_request, reply) => {
    reply.header('Access-Control-Allow-Origin', 'https://app.example.com');
  });
  const url = `http://127.0.0.1:${await listen(app)}`;
  for (const path of ['/', '/no-such-path']) {
    const { status, headers } = await fetch(url + path);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([
      401,
      'https://app.example.com',
    ]);
  }
});

it('is answered by onRefusal over HTTP/2 as well', async () => {
  const adapter = new FastifyAdapter({ http2: true });
  @Module({
    imports: [TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', log: false, onRefusal })],
    controllers: [Routes],
  })
  class AppModule {}
  const app = await NestFactory.create(AppModule, adapter, { logger: false });
  apps.push(app);
  const session = connect(`http://127.0.0.1:${await listen(app)}`);
  const visit = async (path: string, headers: Record<string, string> = {}) => {
    const stream = session.request({ ':path': path, ...headers });
    const [head] = await once(stream, 'response');
    return `${head[':status']} ${await text(stream)}`;
  };
  expect(await visit('/')).toBe('401 onRefusal: authentication-required');
  expect(await visit('/admin', ALICE)).toBe('403 onRefusal: group-missing');
  expect(await visit('/', ALICE)).toBe('200 reached');
  session.close();
});
