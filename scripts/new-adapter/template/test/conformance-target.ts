import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answerAs, type ConformanceTarget, type TargetSetup } from '@trusted-header/conformance';
import { resolveAdapterOptions } from '@trusted-header/core';
import { guardServer } from '@trusted-header/node';
import { type Handler, type OnRefusal, requireIdentity, trustedHeader } from '../src/index.js';

/**
 * An application with the adapter: of bare `node:http`, until it is the framework's. Then switch its own trust-proxy setting
 * on, which the adapter must not believe; say `upgrades: true` and open `/socket` where it has WebSockets.
 */
export const __camel__Target: ConformanceTarget = {
  name: '@trusted-header/__name__',
  door: true,
  createServer(setup) {
    const { adminPolicy, earlyReader, door, observe } = setup;
    const base = door ? resolveAdapterOptions(setup.options) : setup.options;
    const options = { ...base, ...onRefusalOf(setup) };
    const everywhere = at(/^\/(?!unguarded$|public(\/|$))/, trustedHeader(options));
    const run = chain(
      at(/^\/unguarded$/, requireIdentity()),
      at(/^\/public(\/|$)/, trustedHeader({ ...options, anonymous: 'allow' })),
      everywhere,
      at(/^(\/public)?\/admin$/, requireIdentity(adminPolicy)),
      answer(observe),
    );
    const handler = (req: IncomingMessage, res: ServerResponse) => {
      if (earlyReader) readableOf(req);
      run(req, res, () => {
        res.statusCode = 500;
        res.end();
      });
    };
    const server = createServer(handler);
    if (door) guardServer(server, { ...base, handler });
    return server;
  },
};

function onRefusalOf({ onRefusal: as }: TargetSetup): { readonly onRefusal?: OnRefusal } {
  if (!as) return {};
  return {
    onRefusal: (refusal, _req, res) =>
      answerAs(as, refusal, (status, body) => {
        res.statusCode = status;
        res.end(body);
      }),
  };
}

/** Runs a middleware where the path matches. */
function at(path: RegExp, handler: Handler): Handler {
  return (req, res, next) => {
    if (path.test((req.url ?? '').replace(/\?.*/, ''))) handler(req, res, next);
    else next();
  };
}

/** Runs one after the other, and none after one that fails. */
function chain(...handlers: Handler[]): Handler {
  return handlers.reduceRight<Handler>(
    (rest, handler) => (req, res, done) =>
      handler(req, res, (error) => (error === undefined ? rest(req, res, done) : done(error))),
    (_req, _res, done) => done(),
  );
}

function answer(observe: TargetSetup['observe']): Handler {
  return async (req, res) => {
    const body = await text(req).catch(() => 'the client has hung up');
    const look = () => ({
      decision: req.decision,
      identity: req.identity,
      readable: readableOf(req),
    });
    const seen = await observe(look, body);
    res.setHeader('content-type', 'application/json');
    res.end(seen);
  };
}

/** Every way that the framework and Node have to read the headers of a request. */
function readableOf(req: IncomingMessage): Record<string, unknown> {
  return {
    'req.headers': req.headers,
    'req.headersDistinct': req.headersDistinct,
    'req.rawHeaders': req.rawHeaders,
    'req.trailers': req.trailers,
    'req.trailersDistinct': req.trailersDistinct,
    'req.rawTrailers': req.rawTrailers,
  };
}
