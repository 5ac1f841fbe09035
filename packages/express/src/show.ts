import { type Decision, type Identity, showDecision } from '@trusted-header/core';
import { addDecisionGetters } from '@trusted-header/node';
import type { Request } from 'express';

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

function isShown(req: Request, decision: Decision): boolean {
  return req.decision === decision && req.identity === identityIn(decision);
}

function identityIn(decision: Decision): Identity | undefined {
  return decision.kind === 'authenticated' ? decision.identity : undefined;
}
