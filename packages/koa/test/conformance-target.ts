import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  answerAs,
  type ConformanceTarget,
  probe,
  type TargetSetup,
} from '@trusted-header/conformance';
import { resolveAdapterOptions } from '@trusted-header/core';
import { guardServer } from '@trusted-header/node';
import Koa, { type Context, type Middleware } from 'koa';
import { type OnRefusal, requireIdentity, trustedHeader } from '../src/index.js';

/** A Koa application that believes X-Forwarded-For: the adapter must not. */
export const koaTarget: ConformanceTarget = {
  name: '@trusted-header/koa',
  door: true,
  createServer(setup) {
    const { adminPolicy, earlyReader, door, observe } = setup;
    const base = door ? resolveAdapterOptions(setup.options) : setup.options;
    const options = { ...base, ...onRefusalOf(setup) };
    const app = new Koa({ proxy: true });
    // The suite makes clients hang up, and a guard throw: neither is news.
    app.silent = true;
    if (earlyReader) {
      app.use((ctx, next) => {
        readableOf(ctx);
        return next();
      });
    }
    app.use(at(/^\/unguarded$/, requireIdentity()));
    app.use(at(/^\/public(\/|$)/, trustedHeader({ ...options, anonymous: 'allow' })));
    app.use(at(/^\/(?!unguarded$|public(\/|$))/, trustedHeader(options)));
    app.use(at(/^(\/public)?\/admin$/, requireIdentity(adminPolicy)));
    app.use(at(/^\/(whoami|admin|public|public\/admin|unguarded)$/, answer(observe)));
    const handler = app.callback();
    const server = createServer(handler);
    if (door) guardServer(server, { ...base, handler });
    return server;
  },
};

function onRefusalOf({ onRefusal: as }: TargetSetup): { readonly onRefusal?: OnRefusal } {
  if (!as) return {};
  return {
    onRefusal: (refusal, ctx) =>
      answerAs(as, refusal, (status, body) => {
        ctx.status = status;
        ctx.body = body;
      }),
  };
}

/** Koa has no router: runs the middleware where the path matches. */
function at(path: RegExp, middleware: Middleware): Middleware {
  return (ctx, next) => (path.test(ctx.path) ? middleware(ctx, next) : next());
}

function answer(observe: TargetSetup['observe']): Middleware {
  return async (ctx) => {
    const body = await text(ctx.req);
    const { state } = ctx;
    ctx.body = await observe(
      () => ({
        decision: state.decision,
        identity: state.identity,
        readable: readableOf(ctx),
      }),
      body,
    );
    ctx.type = 'application/json';
  };
}

/** Every way that Koa and Node have to read the headers of a request. */
function readableOf(ctx: Context): Record<string, unknown> {
  return {
    'ctx.get': probe((name) => ctx.get(name)),
    'ctx.header': ctx.header,
    'ctx.headers': ctx.headers,
    'ctx.request.get': probe((name) => ctx.request.get(name)),
    'ctx.request.header': ctx.request.header,
    'ctx.request.toJSON()': Reflect.get(ctx.request.toJSON(), 'header'),
    'req.headers': ctx.req.headers,
    'req.headersDistinct': ctx.req.headersDistinct,
    'req.rawHeaders': ctx.req.rawHeaders,
    'req.trailers': ctx.req.trailers,
    'req.trailersDistinct': ctx.req.trailersDistinct,
    'req.rawTrailers': ctx.req.rawTrailers,
  };
}
