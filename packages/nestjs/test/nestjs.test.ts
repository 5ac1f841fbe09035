import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  type INestApplication,
  Injectable,
  Module,
  NotFoundException,
  Req,
  Sse,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createAuthenticator, type Identity } from '@trusted-header/core';
import { of } from 'rxjs';
import {
  AllowAnonymous,
  CurrentIdentity,
  RequireGroups,
  RequirePolicy,
  SignInModule,
  TrustedHeaderGuard,
  TrustedHeaderModule,
  type TrustedHeaderOptionsFactory,
  type TrustedHeaderRequest,
} from '../src/index.js';
import { JOHN, listen, visit } from './start.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const apps: INestApplication[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

const platforms = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

@Controller()
class HomeController {
  @Get()
  home(@CurrentIdentity() identity: Identity) {
    return identity.user;
  }

  @Get('request')
  request(@Req() { identity, decision }: TrustedHeaderRequest) {
    return `${identity?.user} ${decision.kind}`;
  }

  @Get('missing')
  missing() {
    throw new NotFoundException('no such thing');
  }

  @Get('open')
  @AllowAnonymous()
  open(@CurrentIdentity() identity: Identity | undefined) {
    return identity?.user ?? 'nobody';
  }

  @Get('devs')
  @RequireGroups('dev', 'ops')
  devs() {
    return 'devs';
  }

  @Get('two')
  @RequireGroups('dev')
  @RequirePolicy({ users: ['jane'] })
  two() {
    return 'both';
  }

  @Get('nobody')
  @RequireGroups()
  nobody() {
    return 'nobody may';
  }

  @Sse('events')
  events(@CurrentIdentity() identity: Identity) {
    return of({ data: identity.user });
  }
}

@Controller('open-class')
@AllowAnonymous()
class OpenController {
  @Get()
  open() {
    return 'open';
  }

  @Get('mine')
  @RequirePolicy()
  mine() {
    return 'mine';
  }
}

@Controller('admin')
@RequireGroups('admin')
class AdminController {
  @Get()
  home() {
    return 'admin';
  }

  @Get('open')
  @AllowAnonymous()
  open() {
    return 'open';
  }

  @Get('john')
  @RequirePolicy({ users: ['john'] })
  john() {
    return 'john';
  }
}

const controllers = [HomeController, OpenController, AdminController];

async function start(
  trustedHeader: ReturnType<typeof TrustedHeaderModule.forRoot>,
  platform: (typeof platforms)[number][1] = platforms[0][1],
  others: readonly Type[] = controllers,
): Promise<number> {
  @Module({ imports: [trustedHeader], controllers: [...others] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, platform(), { logger: false });
  apps.push(app);
  return listen(app);
}

describe.each(platforms)('TrustedHeaderModule on %s', (_name, platform) => {
  it.each([
    ['/', {}, 401, 'authentication-required'],
    ['/', JOHN, 200, 'john'],
    ['/request', JOHN, 200, 'john authenticated'],
    ['/open', {}, 200, 'nobody'],
    ['/open', JOHN, 200, 'john'],
    ['/devs', {}, 401, 'authentication-required'],
    ['/devs', JOHN, 200, 'devs'],
    ['/two', JOHN, 403, 'user-missing|not'],
    ['/two', { ...JOHN, 'Remote-User': 'jane' }, 200, 'both'],
    ['/nobody', JOHN, 403, 'group'],
    ['/open-class', {}, 200, 'open'],
    ['/open-class/mine', {}, 401, 'authentication-required'],
    ['/open-class/mine', JOHN, 200, 'mine'],
    ['/admin', JOHN, 403, 'group-missing'],
    ['/admin/open', {}, 401, 'authentication-required'],
    ['/admin/open', JOHN, 403, 'group-missing'],
    ['/admin/john', { ...JOHN, 'Remote-Groups': 'admin' }, 200, 'john'],
    ['/admin/john', { 'Remote-User': 'jane', 'Remote-Groups': 'admin' }, 403, 'user'],
    ['/nowhere', {}, 401, 'authentication-required'],
    ['/nowhere', JOHN, 404, 'Cannot GET'],
    ['/missing', JOHN, 404, 'no such thing'],
  ])('answers %s for %j with %d: %s', async (path, headers, status, text) => {
    const port = await start(TrustedHeaderModule.forRoot(options), platform);
    const answer = await visit(port, path, { headers });
    expect([answer.status, answer.body]).toEqual([status, expect.stringMatching(text)]);
  });

  it.each(['/', '/open', '/nowhere'])('refuses a stranger’s claim on %s', async (path) => {
    const port = await start(TrustedHeaderModule.forRoot(options), platform);
    const answer = await visit(port, path, { headers: JOHN, from: '127.0.0.2' });
    expect(answer).toEqual({
      status: 403,
      type: 'application/problem+json',
      body: '{"type":"about:blank","title":"Forbidden","status":403,"code":"peer-untrusted"}',
    });
  });

  it('lets everybody in with anonymous: allow, but not where a policy is', async () => {
    const open = TrustedHeaderModule.forRoot({ ...options, anonymous: 'allow' });
    const port = await start(open, platform);
    expect((await visit(port, '/request')).body).toBe('undefined anonymous');
    expect((await visit(port, '/nowhere')).status).toBe(404);
    expect((await visit(port, '/admin')).status).toBe(401);
  });

  it('streams server-sent events to whom it knows', async () => {
    const port = await start(TrustedHeaderModule.forRoot(options), platform);
    expect((await visit(port, '/events')).status).toBe(401);
    const answer = await visit(port, '/events', { headers: JOHN });
    expect([answer.type, answer.body]).toEqual([
      'text/event-stream',
      expect.stringContaining('data: john'),
    ]);
  });

  it('shows middleware of the platform who is asking, and no header', async () => {
    const seen: unknown[] = [];
    @Module({ imports: [TrustedHeaderModule.forRoot(options)], controllers })
    class AppModule {}
    const app = await NestFactory.create(AppModule, platform(), { logger: false });
    apps.push(app);
    app.use((req: IncomingMessage & TrustedHeaderRequest, _res: unknown, next: () => void) => {
      seen.push(
        req.identity?.user,
        req.headers['remote-user'],
        req.rawHeaders.includes('Remote-User'),
      );
      next();
    });
    const port = await listen(app);
    await visit(port, '/', { headers: JOHN });
    expect(seen).toEqual(['john', undefined, false]);
  });

  it('shows handlers what was decided, whatever middleware has written over it', async () => {
    @Module({ imports: [TrustedHeaderModule.forRoot(options)], controllers })
    class AppModule {}
    const app = await NestFactory.create(AppModule, platform(), { logger: false });
    apps.push(app);
    app.use((req: object, _res: unknown, next: () => void) => {
      Object.assign(req, { identity: { user: 'mallory' }, decision: { kind: 'refused' } });
      next();
    });
    const port = await listen(app);
    expect((await visit(port, '/request', { headers: JOHN })).body).toBe('john authenticated');
  });

  it('shows whoever else listens to the server who is asking', async () => {
    @Module({ imports: [TrustedHeaderModule.forRoot(options)], controllers })
    class AppModule {}
    const app = await NestFactory.create(AppModule, platform(), { logger: false });
    apps.push(app);
    const seen: unknown[] = [];
    app.getHttpServer().prependListener('request', (req: TrustedHeaderRequest) => {
      seen.push(req.identity?.user, req.decision.kind);
    });
    const port = await listen(app);
    expect((await visit(port, '/', { headers: JOHN })).body).toBe('john');
    expect(seen).toEqual(['john', 'authenticated']);
  });

  it('guards only what asks for it with global: false', async () => {
    @Controller()
    class SomeController {
      @Get('free')
      free(@CurrentIdentity() identity: Identity | undefined) {
        return identity?.user ?? 'nobody';
      }

      @Get('devs')
      @RequireGroups('dev')
      devs() {
        return 'devs';
      }

      @Get('guarded')
      @UseGuards(TrustedHeaderGuard)
      guarded(@CurrentIdentity() { user }: Identity) {
        return user;
      }
    }
    const local = TrustedHeaderModule.forRoot({ ...options, global: false });
    const port = await start(local, platform, [SomeController]);
    expect((await visit(port, '/free')).body).toBe('nobody');
    expect((await visit(port, '/free', { headers: JOHN })).body).toBe('john');
    expect((await visit(port, '/free', { headers: JOHN, from: '127.0.0.2' })).status).toBe(403);
    expect((await visit(port, '/devs')).status).toBe(401);
    expect((await visit(port, '/devs', { headers: JOHN })).body).toBe('devs');
    expect((await visit(port, '/guarded')).status).toBe(401);
    expect((await visit(port, '/guarded', { headers: JOHN })).body).toBe('john');
  });
});

describe('the problem', () => {
  it('is a page for browsers, of the guard too', async () => {
    const port = await start(TrustedHeaderModule.forRoot(options));
    const answer = await visit(port, '/', { headers: { accept: 'text/html' } });
    expect([answer.status, answer.type]).toEqual([401, 'text/html; charset=utf-8']);
  });
});

describe('forRoot', () => {
  it.each([
    ['a ready authenticator', () => TrustedHeaderModule.forRoot(createAuthenticator(options))],
    [
      'an authenticator with a mode',
      () =>
        TrustedHeaderModule.forRoot({
          authenticator: createAuthenticator(options),
          anonymous: 'refuse',
        }),
    ],
  ])('takes %s', async (_what, module) => {
    const port = await start(module());
    expect((await visit(port, '/')).status).toBe(401);
    expect((await visit(port, '/', { headers: JOHN })).body).toBe('john');
  });

  it('stops for bad options, naming them', () => {
    expect(() => TrustedHeaderModule.forRoot({ trustedProxies: '*' })).toThrow('trustedProxies');
    const forRoot = (given: unknown) =>
      Reflect.apply(TrustedHeaderModule.forRoot, undefined, [given]);
    expect(() => forRoot('172.20.0.2')).toThrow('options: "172.20.0.2" is no options object');
    expect(() => forRoot({ trustedProxies: '172.20.0.2', anonymus: 'allow' })).toThrow(
      ', signIn, anonymousSockets, global',
    );
    const anonymousSockets: 'allow' = JSON.parse('"sometimes"');
    expect(() => TrustedHeaderModule.forRoot({ ...options, anonymousSockets })).toThrow(
      'anonymousSockets: "sometimes" is not a mode',
    );
  });

  it.each([[null], [''], [0], ['false']])('stops for global: %j, which is no choice', (given) => {
    const global: boolean = JSON.parse(JSON.stringify(given));
    const useFactory = () => options;
    const message = `global: ${JSON.stringify(given)} is neither true nor false`;
    for (const make of [
      () => TrustedHeaderModule.forRoot({ ...options, global }),
      () => TrustedHeaderModule.forRootAsync({ useFactory, global }),
      () => SignInModule.forRoot({ find: () => ({ id: 1 }), global }),
      () => SignInModule.forRootAsync({ useFactory: () => ({ find: () => ({ id: 1 }) }), global }),
    ]) {
      expect(make).toThrow(message);
    }
  });
});

describe('forRootAsync', () => {
  @Injectable()
  class Options implements TrustedHeaderOptionsFactory {
    createTrustedHeaderOptions() {
      return options;
    }
  }

  @Module({ providers: [Options], exports: [Options] })
  class OptionsModule {}

  it.each([
    [
      'useFactory with ConfigService',
      () =>
        TrustedHeaderModule.forRootAsync({
          imports: [
            ConfigModule.forRoot({
              ignoreEnvFile: true,
              load: [() => ({ TRUSTED: '127.0.0.1' })],
            }),
          ],
          inject: [ConfigService],
          useFactory: (config: ConfigService) => ({
            trustedProxies: config.getOrThrow<string>('TRUSTED'),
            log: false,
          }),
        }),
    ],
    [
      'useFactory with a ready authenticator',
      () => TrustedHeaderModule.forRootAsync({ useFactory: () => createAuthenticator(options) }),
    ],
    ['useClass', () => TrustedHeaderModule.forRootAsync({ useClass: Options })],
    [
      'useExisting',
      () => TrustedHeaderModule.forRootAsync({ imports: [OptionsModule], useExisting: Options }),
    ],
  ])('takes %s', async (_what, module) => {
    const port = await start(module());
    expect((await visit(port, '/')).status).toBe(401);
    expect((await visit(port, '/', { headers: JOHN })).body).toBe('john');
  });

  it('keeps the application from starting with bad options', async () => {
    const bad = TrustedHeaderModule.forRootAsync({ useFactory: () => ({ trustedProxies: '' }) });
    @Module({ imports: [bad] })
    class AppModule {}
    await expect(
      NestFactory.create(AppModule, new ExpressAdapter(), { logger: false, abortOnError: false }),
    ).rejects.toThrow('trustedProxies');
  });

  it('says what is missing where nothing makes options', () => {
    expect(() => TrustedHeaderModule.forRootAsync({})).toThrow(
      'useFactory, useClass or useExisting',
    );
  });
});

describe('RequirePolicy', () => {
  it('stops for a policy that is none, when the class is defined', () => {
    const policy: object = { groups: 'admin' };
    expect(() => RequirePolicy(policy)).toThrow('groups');
  });
});
