import { afterEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  type INestApplication,
  Injectable,
  Module,
  Req,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Identity } from '@trusted-header/core';
import { TrustedHeaderModule } from '@trusted-header/nestjs';
import expressSession from 'express-session';
import { TrustedHeaderStrategy } from '../src/index.js';
import { createBrowser } from './browser.js';

const apps: INestApplication[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

@Injectable()
class ProxyStrategy extends PassportStrategy(TrustedHeaderStrategy) {
  validate({ user, groups }: Identity) {
    if (user === 'down') throw new Error('no connection');
    return user === 'mallory' ? null : { name: user, groups };
  }
}

interface Asked {
  readonly user: { readonly name: string };
  readonly session?: { count?: number };
}

@Controller()
@UseGuards(AuthGuard('trusted-header'))
class HomeController {
  @Get()
  home(@Req() { user, session }: Asked) {
    if (session) session.count = (session.count ?? 0) + 1;
    return [user.name, session?.count];
  }
}

async function start(passport: object): Promise<number> {
  @Module({
    imports: [
      TrustedHeaderModule.forRoot({
        trustedProxies: '127.0.0.1',
        anonymous: 'allow',
        log: false,
      }),
      PassportModule.register(passport),
    ],
    providers: [ProxyStrategy],
    controllers: [HomeController],
  })
  class AppModule {}
  const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
  apps.push(app);
  const secret = 'a secret of these tests';
  app.use(expressSession({ secret, resave: false, saveUninitialized: false }));
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer().address().port;
}

describe('with AuthGuard and PassportStrategy of Nest', () => {
  it('signs in at each request, and touches no session, which is its default', async () => {
    const browser = createBrowser(await start({}));
    for (const count of [1, 2, 3]) {
      const { status, body } = await browser.visit('/', { user: 'alice' });
      expect([status, body]).toEqual([200, ['alice', count]]);
    }
    expect((await browser.visit('/', { user: 'bob' })).body).toEqual(['bob', 4]);
  });

  it.each([
    ['nobody', {}, 401],
    ['whom validate does not know', { user: 'mallory' }, 401],
    ['an error of validate', { user: 'down' }, 500],
    ['a header from elsewhere', { user: 'alice', from: '127.0.0.2' }, 403],
  ])('keeps out %s', async (_, sent, status) => {
    const browser = createBrowser(await start({}));
    expect((await browser.visit('/', sent)).status).toBe(status);
  });
});
