import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { All, Controller, type INestApplication, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { WebSocketGateway } from '@nestjs/websockets';
import {
  answerAs,
  type ConformanceTarget,
  probe,
  type TargetSetup,
} from '@trusted-header/conformance';
import type { OnServerRefusal } from '@trusted-header/node';
import type { FastifyRequest } from 'fastify';
import {
  AllowAnonymous,
  decisionOf,
  RequirePolicy,
  TrustedHeaderModule,
  type TrustedHeaderRequest,
} from '../src/index.js';

/** Nest on Express, which believes X-Forwarded-For: the adapter must not. */
export const expressTarget: ConformanceTarget = {
  name: '@trusted-header/nestjs on Express',
  upgrades: true,
  door: true,
  async createServer(setup) {
    const app = await NestFactory.create<NestExpressApplication>(
      moduleFor(setup, (request) => text(rawOf(request))),
      new ExpressAdapter(),
      { logger: false, bodyParser: false },
    );
    app.set('trust proxy', true);
    if (setup.earlyReader) {
      app.use((req: IncomingMessage, _res: unknown, next: () => void) => {
        readableOf(req);
        next();
      });
    }
    return started(app);
  },
};

/** Nest on Fastify, likewise. */
export const fastifyTarget: ConformanceTarget = {
  name: '@trusted-header/nestjs on Fastify',
  upgrades: true,
  door: true,
  async createServer(setup) {
    const app = await NestFactory.create<NestFastifyApplication>(
      moduleFor(setup, async (request) =>
        'body' in request && typeof request.body === 'string' ? request.body : '',
      ),
      new FastifyAdapter({ trustProxy: true }),
      { logger: false, bodyParser: false },
    );
    const fastify = app.getHttpAdapter().getInstance();
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    if (setup.earlyReader) {
      fastify.addHook('onRequest', async (request) => {
        readableOf(request);
      });
    }
    const server = await started(app);
    await fastify.ready();
    return server;
  },
};

async function started(app: INestApplication) {
  app.useWebSocketAdapter(new WsAdapter(app));
  await app.init();
  return app.getHttpServer();
}

/** A request on either platform. */
type AnyRequest = (IncomingMessage | FastifyRequest) & TrustedHeaderRequest;

/** The request that came in: Express's is that one. */
function rawOf(request: IncomingMessage | FastifyRequest): IncomingMessage {
  return 'raw' in request ? request.raw : request;
}

function moduleFor(
  { options, onRefusal: as, adminPolicy, door, observe }: TargetSetup,
  bodyOf: (request: AnyRequest) => Promise<string>,
) {
  const answer = async (request: AnyRequest) => {
    const body = await bodyOf(request).catch(() => 'the client has hung up');
    return JSON.parse(
      await observe(
        () => ({
          decision: decisionOf(request),
          identity: request.identity,
          readable: readableOf(request),
        }),
        body,
      ),
    );
  };

  const onRefusal: OnServerRefusal | undefined =
    as &&
    ((refusal, _req, res) =>
      answerAs(as, refusal, (status, body) => {
        res.statusCode = status;
        res.end(body);
      }));

  @Controller()
  class Routes {
    @All('whoami')
    whoami(@Req() request: AnyRequest) {
      return answer(request);
    }

    @All('admin')
    @RequirePolicy(adminPolicy)
    admin(@Req() request: AnyRequest) {
      return answer(request);
    }

    @All('public')
    @AllowAnonymous()
    open(@Req() request: AnyRequest) {
      return answer(request);
    }

    @All('public/admin')
    @AllowAnonymous()
    @RequirePolicy(adminPolicy)
    openAdmin(@Req() request: AnyRequest) {
      return answer(request);
    }
  }

  @WebSocketGateway({ path: '/socket' })
  class Gateway {
    handleConnection(client: object, request: IncomingMessage & TrustedHeaderRequest) {
      const { identity } = request;
      observe(() => ({ decision: decisionOf(client), identity, readable: readableOf(request) }));
    }
  }

  @Module({
    imports: [TrustedHeaderModule.forRoot({ ...options, ...(onRefusal && { onRefusal }) })],
    controllers: [Routes],
    // It answers every upgrade that is not for it.
    providers: door ? [] : [Gateway],
  })
  class AppModule {}

  return AppModule;
}

/** Every way that the platform and Node have to read the headers of a request. */
function readableOf(request: IncomingMessage | FastifyRequest): Record<string, unknown> {
  const { headers } = request;
  const raw = rawOf(request);
  return {
    'request.headers': headers,
    'request.headers[name]': probe((name) => headers[name.toLowerCase()]),
    'raw.headers': raw.headers,
    'raw.headersDistinct': raw.headersDistinct,
    'raw.rawHeaders': raw.rawHeaders,
    'raw.trailers': raw.trailers,
    'raw.trailersDistinct': raw.trailersDistinct,
    'raw.rawTrailers': raw.rawTrailers,
  };
}
