import websocket from '@fastify/websocket';
import {
  answerAs,
  type ConformanceTarget,
  probe,
  type TargetSetup,
} from '@trusted-header/conformance';
import { type AdapterOptions, resolveAdapterOptions } from '@trusted-header/core';
import { guardServer } from '@trusted-header/node';
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type RouteHandlerMethod,
} from 'fastify';
import { type OnRefusal, requireIdentity, trustedHeader } from '../src/index.js';

/** A Fastify application that believes X-Forwarded-For: the adapter must not. */
export const fastifyTarget: ConformanceTarget = {
  name: '@trusted-header/fastify',
  upgrades: true,
  door: true,
  async createServer(setup) {
    const { earlyReader, door } = setup;
    const app = Fastify({ trustProxy: true });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    if (earlyReader) {
      app.addHook('onRequest', async (request) => {
        readableOf(request);
      });
    }
    const base = door ? resolveAdapterOptions(setup.options) : setup.options;
    const options = { ...base, ...onRefusalOf(setup) };
    if (!door) await app.register(websocket);
    addRoutes(app, setup, options);
    if (door) guardServer(app.server, { ...base, handler: app.routing });
    await app.ready();
    return app.server;
  },
};

/** Two scopes, each with the adapter: the server as a whole is somebody else's affair. */
function addRoutes(
  app: FastifyInstance,
  { adminPolicy, door, observe }: TargetSetup,
  options: AdapterOptions<FastifyRequest, OnRefusal>,
): void {
  const handler = answer(observe);
  const adminOnly = { preHandler: requireIdentity(adminPolicy) };
  app.all('/unguarded', { preHandler: requireIdentity() }, handler);
  app.register(async (open) => {
    await open.register(trustedHeader, { ...options, anonymous: 'allow' });
    open.all('/public', handler);
    open.all('/public/admin', adminOnly, handler);
  });
  app.register(async (inner) => {
    await inner.register(trustedHeader, options);
    inner.all('/whoami', handler);
    inner.all('/admin', adminOnly, handler);
    if (!door) inner.get('/socket', { websocket: true }, onSocket(observe));
    inner.all('/*', (_request, reply) => reply.callNotFound());
  });
}

function onRefusalOf({ onRefusal: as }: TargetSetup): { readonly onRefusal?: OnRefusal } {
  if (!as) return {};
  return {
    onRefusal: (refusal, _request, reply) =>
      answerAs(as, refusal, (status, body) => reply.code(status).send(body)),
  };
}

function onSocket(observe: TargetSetup['observe']) {
  return (_socket: unknown, request: FastifyRequest): void => {
    const { decision, identity } = request;
    observe(() => ({ decision, identity, readable: readableOf(request) }));
  };
}

function answer(observe: TargetSetup['observe']): RouteHandlerMethod {
  return async (request, reply) => {
    const look = () => ({
      decision: request.decision,
      identity: request.identity,
      readable: readableOf(request),
    });
    const body = typeof request.body === 'string' ? request.body : '';
    reply.type('application/json');
    return observe(look, body);
  };
}

/** Every way that Fastify and Node have to read the headers of a request. */
function readableOf(request: FastifyRequest): Record<string, unknown> {
  const { raw } = request;
  return {
    'request.headers': request.headers,
    'request.headers[name]': probe((name) => request.headers[name.toLowerCase()]),
    'raw.headers': raw.headers,
    'raw.headersDistinct': raw.headersDistinct,
    'raw.rawHeaders': raw.rawHeaders,
    'raw.trailers': raw.trailers,
    'raw.trailersDistinct': raw.trailersDistinct,
    'raw.rawTrailers': raw.rawTrailers,
  };
}
