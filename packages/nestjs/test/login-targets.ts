import cookie from '@fastify/cookie';
import fastifySessionPlugin from '@fastify/session';
import { All, Controller, HttpCode, type INestApplication, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
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
const quiet = { logger: false, bodyParser: false } as const;

/** Nest on Express, with express-session. */
const nestExpressTarget: LoginTarget = {
  name: 'express-session (NestJS)',
  async createServer(setup) {
    const module = moduleFor(setup, expressSession, '*path');
    const app = await NestFactory.create<NestExpressApplication>(
      module,
      new ExpressAdapter(),
      quiet,
    );
    app.set('trust proxy', true);
    app.use(session({ secret, resave: false, saveUninitialized: false }));
    return started(app);
  },
};

/** Nest on Fastify, with @fastify/session. */
const nestFastifyTarget: LoginTarget = {
  name: '@fastify/session (NestJS)',
  async createServer(setup) {
    const adapter = new FastifyAdapter({ trustProxy: true });
    const module = moduleFor(setup, fastifySession, '*');
    const app = await NestFactory.create<NestFastifyApplication>(module, adapter, quiet);
    await app.register(cookie);
    const options = { secret, cookie: { secure: false }, saveUninitialized: false };
    await app.register(fastifySessionPlugin, options);
    const server = await started(app);
    await app.getHttpAdapter().getInstance().ready();
    return server;
  },
};

/** The session libraries that the login cases run with. */
export const loginTargets: readonly LoginTarget[] = [nestExpressTarget, nestFastifyTarget];

async function started(app: INestApplication) {
  await app.init();
  return app.getHttpServer();
}

/** A request on either platform. */
interface AnyRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly session: object;
  readonly user?: object | undefined;
}

/** @param everything How the platform writes a path of any kind. */
function moduleFor(setup: LoginSetup, library: SessionLibrary<object>, everything: string) {
  const answer = (request: AnyRequest) =>
    setup.answer({
      request: `${request.method} ${request.originalUrl}`,
      user: () => request.user,
      get: (key) => Reflect.get(request.session, key),
      set: (key, value) => Reflect.set(request.session, key, value),
      endSession: () =>
        new Promise((done) => Reflect.get(request.session, 'destroy').call(request.session, done)),
      signOut: () => signOut(request),
      signInAgain: () => signInAgain(request),
    });

  @Controller()
  class Routes {
    @All('admin')
    @HttpCode(200)
    @RequireRole('admin')
    admin(@Req() request: AnyRequest) {
      return answer(request);
    }

    @All('mine')
    @HttpCode(200)
    @RequireUser()
    mine(@Req() request: AnyRequest) {
      return answer(request);
    }

    @All(everything)
    @HttpCode(200)
    any(@Req() request: AnyRequest) {
      return answer(request);
    }
  }

  @Module({
    imports: [
      TrustedHeaderModule.forRoot(setup.options),
      SignInModule.forRoot<AnyRequest>({
        ...setup.signIn,
        session: library,
        otherLogin: (request) => setup.hasOtherLogin((key) => Reflect.get(request.session, key)),
      }),
    ],
    controllers: [Routes],
  })
  class AppModule {}
  return AppModule;
}
