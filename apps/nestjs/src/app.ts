import type { ServerResponse } from 'node:http';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { type AppData, loginFor } from '@trusted-header/app-data';
import { type AppSettings, pageHeaders } from '@trusted-header/app-ui';
import { expressSession, SignInModule, TrustedHeaderModule } from '@trusted-header/nestjs';
import { AppController } from './app.controller.js';
import { LiveGateway } from './live.gateway.js';
import { sessionFor, withoutNeedOn } from './session.js';
import { DATA, LINKS, SESSION } from './tokens.js';

const OPEN = ['/healthz', '/public', '/signed-out'] as const;

/** Makes the example app, which does not listen yet. */
export async function createApp(
  { trustedProxies, proofs, tls, ...links }: AppSettings,
  data: AppData,
): Promise<INestApplication> {
  const session = sessionFor(data, links);

  @Module({
    imports: [
      TrustedHeaderModule.forRoot({
        trustedProxies,
        ...proofs,
        open: OPEN,
        sameOrigin: 'unsafe',
      }),
      SignInModule.forRoot({ ...loginFor(data.users), session: expressSession }),
    ],
    controllers: [AppController],
    providers: [
      LiveGateway,
      { provide: LINKS, useValue: links },
      { provide: DATA, useValue: data },
      { provide: SESSION, useValue: session },
    ],
  })
  class AppModule {}

  const app = await NestFactory.create(AppModule, {
    logger: ['error', 'warn'],
    ...(tls && { httpsOptions: tls }),
  });
  app.useWebSocketAdapter(new WsAdapter(app));
  app.use((_req: unknown, res: ServerResponse, next: () => void) => {
    for (const [name, value] of Object.entries(pageHeaders)) res.setHeader(name, value);
    next();
  });
  app.use(withoutNeedOn(OPEN, session));
  return app;
}
