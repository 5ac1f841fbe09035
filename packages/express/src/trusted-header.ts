import { type AdapterOptions, compileAdmission } from '@trusted-header/core';
import { refusalHandler } from '@trusted-header/login';
import {
  decideRequest,
  hasLeft,
  openProbe,
  prepareRequest,
  resolveNodeOptions,
  shapeOf,
} from '@trusted-header/node';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { answerRefusal, keepOnRefusal, type OnRefusal, toPortal } from './answer-refusal.js';
import { routeOf } from './route-of.js';
import { show } from './show.js';

/**
 * Tells who is asking, once, from the TCP connection and the raw header lines; denies by default (D1).
 *
 * Put it first: it strips the identity headers, so that what runs behind it reads the decision and never the header.
 * Handlers read `req.identity` and `req.decision`. Express's own `trust proxy` and `req.ip` play no part.
 *
 * @param options Core's options, `anonymous: 'allow'` to let requests without any claim through, or a ready
 *   authenticator.
 * @throws {ConfigError} At construction, naming every bad entry.
 *
 * @example
 * ```ts
 * import { trustedHeader } from '@trusted-header/express';
 * import express from 'express';
 *
 * const app = express();
 * app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
 * app.get('/', (req, res) => {
 *   res.send(`Hello ${req.identity?.user}`);
 * });
 * app.listen(3000);
 * ```
 */
export function trustedHeader(options: AdapterOptions<Request, OnRefusal>): RequestHandler {
  const resolved = resolveNodeOptions(options);
  const { authenticator } = resolved;
  const onRefusal = refusalHandler(resolved, toPortal);
  const admit = compileAdmission(resolved);
  const probe = openProbe(authenticator, 'express');
  return function trustedHeader(req, res, next) {
    if (probe?.answers(req, res)) return;
    const pending = prepareRequest(req, authenticator);
    if (!pending) decide(req, res, next);
    else pending.then(() => hasLeft(req) || decide(req, res, next)).catch(next);
  };

  function decide(req: Request, res: Response, next: NextFunction): void {
    const decision = decideRequest(req, authenticator, req, routeOf);
    if (onRefusal) keepOnRefusal(req, onRefusal);
    show(req, decision);

    const refusal = admit(decision, shapeOf(req), req, req);
    if (!refusal) {
      next();
      return;
    }
    if (refusal.kind === 'refused') show(req, refusal);
    answerRefusal(refusal, req, res, next);
  }
}
