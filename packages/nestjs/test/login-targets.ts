import type { Server } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifySessionPlugin from '@fastify/session';
import { All, Controller, HttpCode, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LoginSetup, LoginTarget } from '@trusted-header/conformance';
import type { SessionLibrary } from '@trusted-header/login';
import session from 'express-session';
import {
  expressSession,
  fastifySession,
  RequireRole,
  RequireUser,
  SignInModule,
  signInAgain,
  signOut,
  TrustedHeaderModule,
} from '../src/index.js';

const secret = 'a secret of this test and of nobody else';
const create = { logger: false, abortOnError: false } as const;

/** express-session, with its store in memory. */
export const expressTarget: LoginTarget = {
  name: 'express-session (Nest)',
  async createServer(setup) {
    const module = createModule(setup, expressSession, '*path');
    const app = await NestFactory.create(module, new ExpressAdapter(), create);
    app.use(session({ secret, resave: false, saveUninitialized: false }));
    await app.init();
    return app.getHttpServer();
  },
};

/** @fastify/session, with its store in memory. */
export const fastifyTarget: LoginTarget = {
  name: '@fastify/session (Nest)',
  async createServer(setup): Promise<Server> {
    const module = createModule(setup, fastifySession, '*');
    const adapter = new FastifyAdapter({ trustProxy: true });
    const app = await NestFactory.create<NestFastifyApplication>(module, adapter, create);
    await app.register(fastifyCookie);
    const cookie = { secure: false };
    await app.register(fastifySessionPlugin, { secret, saveUninitialized: false, cookie });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return app.getHttpServer();
  },
};

/** What both platforms' requests have. */
interface Request {
  readonly method: string;
  readonly url: string;
  readonly originalUrl?: string;
  readonly user?: unknown;
  readonly session: object;
}

/** @param everything How the platform's router calls every other path. */
function createModule(setup: LoginSetup, library: SessionLibrary<object>, everything: string) {
  const answer = (request: Request) =>
    setup.answer({
      request: `${request.method} ${request.originalUrl ?? request.url}`,
      user: () => request.user,
      get: (key) => Reflect.get(request.session, key),
      set: (key, value) => Reflect.set(request.session, key, value),
      signOut: () => signOut(request),
      signInAgain: () => signInAgain(request),
    });

  @Controller()
  class LoginController {
    @All('admin')
    @HttpCode(200)
    @RequireRole('admin')
    admin(@Req() request: Request) {
      return answer(request);
    }

    @All('mine')
    @HttpCode(200)
    @RequireUser()
    mine(@Req() request: Request) {
      return answer(request);
    }

    @All(everything)
    @HttpCode(200)
    all(@Req() request: Request) {
      return answer(request);
    }
  }

  @Module({
    imports: [
      SignInModule.forRoot<Request>({
        ...setup.signIn,
        session: library,
        otherLogin: (request) => setup.hasOtherLogin((key) => Reflect.get(request.session, key)),
      }),
      TrustedHeaderModule.forRoot(setup.options),
    ],
    controllers: [LoginController],
  })
  class AppModule {}
  return AppModule;
}
