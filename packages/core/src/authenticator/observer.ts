import type { Decision, DecisionWarning, Refused } from '../decision.js';
import type { AuthenticatorOptions } from './authenticator.js';
import type { DecisionEvent } from './decision-event.js';
import { createLineLimiter } from './line-limiter.js';
import { refusalLine } from './refusal-line.js';

/** Tells observers and the log about a decision. Never throws: what an observer throws is not the request's fault. */
export type Observe = (decision: Decision, warnings: readonly DecisionWarning[]) => void;

/** Compiles `onDecision` and `log` into one observer (D3). */
export function createObserver({
  onDecision,
  log = (line) => console.warn(line),
}: AuthenticatorOptions): Observe {
  const logRefusal = log === false ? undefined : createRefusalLog(log);

  return (decision, warnings) => {
    if (!onDecision && (!logRefusal || decision.kind !== 'refused')) return;
    const event: DecisionEvent = { decision, warnings };
    quietly(() => onDecision?.(event));
    if (decision.kind === 'refused') quietly(() => logRefusal?.(decision, event));
  };
}

function createRefusalLog(
  log: (line: string, event: DecisionEvent) => void,
): (refused: Refused, event: DecisionEvent) => void {
  const limiter = createLineLimiter();

  return (refused, event) => {
    const suppressed = limiter.admit(`${refused.reason} ${refused.peer}`)?.suppressed;
    if (suppressed === undefined) return;
    const more = suppressed > 0 ? ` (and ${suppressed} more since the last such line)` : '';
    log(`trusted-header: ${refusalLine(refused)}${more}`, event);
  };
}

/** Calls something of the application's, and swallows what goes wrong in it. */
export function quietly(tell: () => void): void {
  try {
    tell();
  } catch {
    // An observer that fails must not decide: the request goes on as it was decided.
  }
}
