import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  answerAs,
  type ConformanceTarget,
  probe,
  type TargetSetup,
} from '@trusted-header/conformance';
import { compileAdmission, resolveAdapterOptions } from '@trusted-header/core';
import {
  decideRequest,
  guardServer,
  openProbe,
  prepareRequest,
  rejectUpgrade,
  shapeOf,
} from '@trusted-header/node';
import express, { type Request, type RequestHandler } from 'express';
import express4 from 'express-4';
import { WebSocketServer } from 'ws';
import { type OnRefusal, requireIdentity, trustedHeader } from '../src/index.js';

export const express5Target = targetOf('@trusted-header/express on Express 5', express);
export const express4Target = targetOf('@trusted-header/express on Express 4', express4);

/** An Express application that believes X-Forwarded-For: the adapter must not. */
function targetOf(name: string, framework: typeof express): ConformanceTarget {
  return {
    name,
    upgrades: true,
    door: true,
    createServer(setup) {
      const { adminPolicy, earlyReader, door, observe } = setup;
      const base = door ? resolveAdapterOptions(setup.options) : setup.options;
      const options = { ...base, ...onRefusalOf(setup) };
      const app = framework();
      app.set('trust proxy', true);
      // The suite makes clients hang up, and a guard throw: neither is news.
      app.set('env', 'test');
      if (earlyReader) {
        app.use((req, _res, next) => {
          readableOf(req);
          next();
        });
      }
      app.all('/unguarded', requireIdentity(), answer(observe));

      const open = framework.Router();
      open.use(trustedHeader({ ...options, anonymous: 'allow' }));
      open.all('/', answer(observe));
      open.all('/admin', requireIdentity(adminPolicy), answer(observe));
      app.use('/public', open);

      app.use(trustedHeader(options));
      app.all('/whoami', answer(observe));
      app.all('/admin', requireIdentity(adminPolicy), answer(observe));
      const server = createServer(app);
      if (door) guardServer(server, { ...base, handler: app });
      else protectUpgrades(server, setup);
      return server;
    },
  };
}

function onRefusalOf({ onRefusal: as }: TargetSetup): { readonly onRefusal?: OnRefusal } {
  if (!as) return {};
  return {
    onRefusal: (refusal, _req, res) =>
      answerAs(as, refusal, (status, body) => res.status(status).send(body)),
  };
}

/** Express sees no upgrade requests. The README has `guardServer` for them, which the cases with witnesses show; this is without it. */
function protectUpgrades(server: Server, { options, observe }: TargetSetup): void {
  const resolved = resolveAdapterOptions<IncomingMessage>(options);
  const admit = compileAdmission(resolved);
  const probe = openProbe(resolved.authenticator, 'express');
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', async (req, socket, head) => {
    if (probe?.answersUpgrade(req, socket)) return;
    // While it waits, nobody else listens to the errors of the connection.
    socket.on('error', () => socket.destroy());
    await prepareRequest(req, resolved.authenticator);
    const decision = decideRequest(req, resolved.authenticator);
    const refusal = admit(decision, shapeOf(req), req);
    if (refusal) return rejectUpgrade(socket, refusal);
    const identity = decision.kind === 'authenticated' ? decision.identity : undefined;
    return sockets.handleUpgrade(req, socket, head, () =>
      observe(() => ({
        decision,
        identity,
        readable: { 'req.headers': req.headers, 'req.rawHeaders': req.rawHeaders },
      })),
    );
  });
}

function answer(observe: TargetSetup['observe']): RequestHandler {
  return async (req, res, next) => {
    try {
      const body = await text(req);
      const look = () => ({
        decision: req.decision,
        identity: req.identity,
        readable: readableOf(req),
      });
      res.type('application/json').send(await observe(look, body));
    } catch (error) {
      next(error);
    }
  };
}

/** Every way that Express and Node have to read the headers of a request. */
function readableOf(req: Request): Record<string, unknown> {
  return {
    'req.get': probe((name) => req.get(name)),
    'req.header': probe((name) => req.header(name)),
    'req.headers': req.headers,
    'req.headersDistinct': req.headersDistinct,
    'req.rawHeaders': req.rawHeaders,
    'req.trailers': req.trailers,
    'req.trailersDistinct': req.trailersDistinct,
    'req.rawTrailers': req.rawTrailers,
  };
}
