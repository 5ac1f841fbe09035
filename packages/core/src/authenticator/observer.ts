import type { Decision, DecisionWarning } from '../decision.js';
import type { AuthenticatorOptions } from './authenticator.js';
import type { DecisionEvent } from './decision-event.js';
import { createLineLimiter } from './line-limiter.js';
import { refusalLine } from './refusal-line.js';

/** Tells observers and the log about a decision. Never throws: what an observer throws is not the request's fault. */
export type Observe = (decision: Decision, warnings: readonly DecisionWarning[]) => void;

/** Compiles `onDecision` and `log` into one observer (D3). */
export function createObserver({ onDecision, log = warn }: AuthenticatorOptions): Observe {
  const logRefusal = log === false ? undefined : createRefusalLog(log);

  return (decision, warnings) => {
    const tellRefusal = decision.kind === 'refused' ? logRefusal : undefined;
    if (!onDecision && !tellRefusal) return;
    const event: DecisionEvent = { decision, warnings };
    quietly(() => onDecision?.(event));
    quietly(() => tellRefusal?.(event));
  };
}

function createRefusalLog(
  log: (line: string, event: DecisionEvent) => void,
): (event: DecisionEvent) => void {
  const limiter = createLineLimiter();

  return (event) => {
    const { decision } = event;
    if (decision.kind !== 'refused') return;
    const admission = limiter.admit(`${decision.reason} ${decision.peer}`);
    if (!admission) return;
    const { suppressed } = admission;
    const more = suppressed > 0 ? ` (and ${suppressed} more since the last such line)` : '';
    log(`trusted-header: ${refusalLine(decision)}${more}`, event);
  };
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
