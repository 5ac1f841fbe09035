import { type Decision, isObject } from '@trusted-header/core';
import { identityIn, type TrustedHeaderRequest } from './decision-of.js';

type Shown = { -readonly [Key in 'decision' | 'identity']?: TrustedHeaderRequest[Key] };

/** Shows a decision on a request, for handlers and middleware that take the request itself. */
export function showTo(request: unknown, decision: Decision): void {
  if (!isObject(request)) return;
  const shown: Shown = request;
  // What stands there already is not written again, which costs more than to read it.
  if (shown.decision !== decision) shown.decision = decision;
  const identity = identityIn(decision);
  if (shown.identity !== identity) shown.identity = identity;
}
