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
import { answerRefusal, keepOnRefusal, toPortal } from './answer-refusal.js';
import type { Handler, OnRefusal } from './handler.js';
import type { DecidedRequest } from './request.js';

/**
 * Tells who is asking, once, from the TCP connection and the raw header lines; denies by default (D1).
 *
 * Put it first: it strips the identity headers, so that what runs behind it reads the decision and never the header.
 * Handlers read `req.identity` and `req.decision`.
 *
 * @param options Core's options, `anonymous: 'allow'` to let requests without any claim through, or a ready
 *   authenticator.
 * @throws {ConfigError} At construction, naming every bad entry.
 */
export function trustedHeader(options: AdapterOptions<DecidedRequest, OnRefusal>): Handler {
  const resolved = resolveNodeOptions(options);
  const { authenticator } = resolved;
  const onRefusal = refusalHandler(resolved, toPortal);
  const admit = compileAdmission(resolved);
  const probe = openProbe(authenticator, '__name__');
  return function trustedHeader(req, res, next) {
    if (probe?.answers(req, res)) return;
    const pending = prepareRequest(req, authenticator);
    if (!pending) decide(req, res, next);
    else pending.then(() => hasLeft(req) || decide(req, res, next)).catch(next);
  };

  function decide(...[req, res, next]: Parameters<Handler>): void {
    const decision = decideRequest(req, authenticator);
    if (onRefusal) keepOnRefusal(req, onRefusal);
    req.decision = decision;
    req.identity = decision.kind === 'authenticated' ? decision.identity : undefined;

    const refusal = admit(decision, shapeOf(req), req, req);
    if (!refusal) {
      next();
      return;
    }
    req.identity = undefined;
    if (refusal.kind === 'refused') req.decision = refusal;
    answerRefusal(refusal, req, res);
  }
}
