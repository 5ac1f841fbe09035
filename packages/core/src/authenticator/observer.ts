import type { Decision, DecisionWarning, Refused } from '../decision.js';
import type { AuthenticatorOptions } from './authenticator.js';
import type { DecisionEvent } from './decision-event.js';
import { createLineLimiter } from './line-limiter.js';
import { refusalLine } from './refusal-line.js';

/** Tells observers and the log about a decision. Never throws: what an observer throws is not the request's fault. */
export type Observe = (decision: Decision, warnings: readonly DecisionWarning[]) => void;

/** Compiles `onDecision` and `log` into one observer (D3). */
export function createObserver({ onDecision, log = warn }: AuthenticatorOptions): Observe {
  const limiter = createLineLimiter();

  return (decision, warnings) => {
    const isLogged = log !== false && decision.kind === 'refused';
    if (!isLogged && !onDecision) return;
    const event: DecisionEvent = { decision, warnings };
    quietly(() => onDecision?.(event));
    if (isLogged) quietly(() => logRefusal(decision, event));
  };

  function logRefusal(refused: Refused, event: DecisionEvent): void {
    const admission = limiter.admit(`${refused.reason} ${refused.peer ?? ''}`);
    if (log === false || !admission) return;
    const more =
      admission.suppressed > 0
        ? ` (and ${admission.suppressed} more since the last such line)`
        : '';
    log(`trusted-header: ${refusalLine(refused)}${more}`, event);
  }
}

function warn(line: string): void {
  console.warn(line);
}

function quietly(tell: () => void): void {
  try {
    tell();
  } catch {
    // An observer that fails must not decide: the request goes on as it was decided.
  }
}
