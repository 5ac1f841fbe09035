import fastifyCookie from '@fastify/cookie';
import fastifySessionPlugin from '@fastify/session';
import { type INestApplication, Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { defineRoles } from '@trusted-header/login';
import expressSessionMiddleware from 'express-session';
import {
  expressSession,
  fastifySession,
  SignInModule,
  TrustedHeaderModule,
  type TrustedHeaderModuleExtras,
  type TrustedHeaderModuleOptions,
} from '../src/index.js';
import { listen } from './start.js';
import { createUsers, type Users } from './users.js';

export type Platform = 'Express' | 'Fastify';
export const PLATFORMS: readonly Platform[] = ['Express', 'Fastify'];

const SECRET = 'a secret of these tests, of more than 32 characters';
export const roles = defineRoles({ admin: 'ops', viewer: '*' });
export const sessionOf = { Express: expressSession, Fastify: fastifySession } as const;

export interface StartOptions extends ModuleMetadata {
  readonly users?: Users;
  readonly trustedHeader?: Partial<TrustedHeaderModuleOptions> & TrustedHeaderModuleExtras;
  readonly onMissing?: 'keep';
  /** Default: first the decision's module, then the sign-in's. */
  readonly order?: 'reversed';
  readonly global?: boolean;
}

const apps: INestApplication[] = [];

/** Ends the applications that a test has started. */
export async function closeAll(): Promise<void> {
  await Promise.all(apps.splice(0).map((app) => app.close()));
}

/** Starts an application with a session library and both modules. */
export function start(platform: Platform, options: StartOptions): Promise<number> {
  const { users = createUsers(), trustedHeader, onMissing, order, global = true } = options;
  const { imports = [], controllers = [], providers = [] } = options;
  const modules = [
    TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', log: false, ...trustedHeader }),
    SignInModule.forRoot({
      find: users.find,
      roles,
      session: sessionOf[platform],
      log: false,
      global,
      ...(onMissing && { onMissing }),
    }),
  ];
  if (order === 'reversed') modules.reverse();
  return startModules(platform, { imports: [...modules, ...imports], controllers, providers });
}

export async function startModules(platform: Platform, metadata: ModuleMetadata): Promise<number> {
  @Module(metadata)
  class AppModule {}
  if (platform === 'Express') {
    const app = await NestFactory.create(AppModule, new ExpressAdapter(), {
      logger: false,
      abortOnError: false,
    });
    apps.push(app);
    app.use(expressSessionMiddleware({ secret: SECRET, resave: false, saveUninitialized: false }));
    return listen(app);
  }
  const adapter = new FastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, {
    logger: false,
    abortOnError: false,
  });
  apps.push(app);
  await app.register(fastifyCookie);
  await app.register(fastifySessionPlugin, {
    secret: SECRET,
    saveUninitialized: false,
    cookie: { secure: false },
  });
  return listen(app);
}
