import type { Decision, DecisionWarning, Refused } from '../decision.js';
import type { AuthenticatorOptions } from './authenticator.js';
import type { DecisionEvent } from './decision-event.js';
import { createLineLimiter } from './line-limiter.js';
import { refusalLine } from './refusal-line.js';

/** Tells observers and the log about a decision. Never throws: what an observer does is not the request's fault. */
export type Observe = (decision: Decision, warnings: readonly DecisionWarning[]) => void;

/** Compiles `onDecision` and `log` into one observer (D3). */
export function createObserver({
  onDecision,
  log = (line) => console.warn(line),
}: AuthenticatorOptions): Observe {
  const logRefusal = log === false ? undefined : createRefusalLog(log);

  return (decision, warnings) => {
    if (!onDecision && (!logRefusal || decision.kind !== 'refused')) return;
    // Both are told the same event, and requests may share what is in it: nobody may change it.
    const event: DecisionEvent = Object.freeze({ decision, warnings: Object.freeze(warnings) });
    quietly(() => onDecision?.(event));
    if (decision.kind === 'refused') quietly(() => logRefusal?.(decision, event));
  };
}

function createRefusalLog(
  log: (line: string, event: DecisionEvent) => unknown,
): (refused: Refused, event: DecisionEvent) => unknown {
  const limiter = createLineLimiter();

  return (refused, event) => {
    const suppressed = limiter.admit(`${refused.reason} ${refused.peer}`)?.suppressed;
    if (suppressed === undefined) return undefined;
    const more = suppressed > 0 ? ` (and ${suppressed} more since the last such line)` : '';
    return log(`trusted-header: ${refusalLine(refused)}${more}`, event);
  };
}

/** Calls something of the application's. One that fails must not decide: the request goes on as it was decided. */
export function quietly(tell: () => unknown): void {
  try {
    const told = tell();
    if (Object(told) === told) void settle(told);
  } catch {
    // It threw.
  }
}

/** Waits for what an observer gave, if it is a promise: one that rejects with nobody listening ends a Node process. */
async function settle(told: unknown): Promise<void> {
  try {
    await told;
  } catch {
    // It rejected, or threw when it was asked.
  }
}
