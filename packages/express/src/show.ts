import { type Decision, type Identity, keptDecision, showDecision } from '@trusted-header/core';
import { addDecisionGetters } from '@trusted-header/node';
import type { NextFunction, Request } from 'express';

/**
 * Shows handlers a decision: `req.decision`, `req.identity`. By getters, or where those show something else, as on what a test makes
 * up and where somebody has written to the request, by properties.
 */
export function show(req: Request, decision: Decision): void {
  showDecision(req, decision);
  if (isShown(req, decision)) return;
  addDecisionGetters(req);
  if (isShown(req, decision)) return;
  req.decision = decision;
  req.identity = identityIn(decision);
}

/**
 * Lets a request through a guard, whose handler reads the decision that the guard went by: an application of another copy of Express
 * that is called as a function gives requests a prototype of its own, and does not give the former one back.
 */
export function letThrough(req: Request, next: NextFunction): void {
  const isThere = Reflect.has(req, 'decision') && Reflect.has(req, 'identity');
  const decision = isThere ? undefined : keptDecision(req);
  if (decision) {
    // What stands there somebody has written.
    if (!Reflect.has(req, 'decision')) req.decision = decision;
    if (!Reflect.has(req, 'identity')) req.identity = identityIn(decision);
  }
  next();
}

function isShown(req: Request, decision: Decision): boolean {
  return req.decision === decision && req.identity === identityIn(decision);
}

function identityIn(decision: Decision): Identity | undefined {
  return decision.kind === 'authenticated' ? decision.identity : undefined;
}
