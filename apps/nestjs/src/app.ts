import type { ServerResponse } from 'node:http';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AppSettings, pageHeaders } from '@trusted-header/app-ui';
import { TrustedHeaderModule } from '@trusted-header/nestjs';
import { AppController, LINKS } from './app.controller.js';

/** Makes the example app, which does not listen yet. */
export async function createApp({
  trustedProxies,
  ...links
}: AppSettings): Promise<INestApplication> {
  @Module({
    imports: [TrustedHeaderModule.forRoot({ trustedProxies })],
    controllers: [AppController],
    providers: [{ provide: LINKS, useValue: links }],
  })
  class AppModule {}

  const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
  app.use((_req: unknown, res: ServerResponse, next: () => void) => {
    for (const [name, value] of Object.entries(pageHeaders)) res.setHeader(name, value);
    next();
  });
  return app;
}
