import { sharedState } from '../config/shared-state.js';
import type { Decision } from '../decision.js';
import { createSlot, type Slot } from './create-slot.js';

const decisions = sharedState<Slot<Decision>>('decisions', createSlot);

/**
 * Keeps what was decided where guards look for it: not where handlers read it (`req.decision`, `ctx.state`), which is
 * anybody's to write (D5).
 *
 * @param holder The request, the context or the socket that the decision is about.
 */
export function keepDecision(holder: object, decision: Decision): void {
  decisions.set(holder, decision);
}

/** Gives what was decided about a request; undefined where nothing of ours has seen it. */
export function keptDecision(holder: object): Decision | undefined {
  return decisions.get(holder);
}
