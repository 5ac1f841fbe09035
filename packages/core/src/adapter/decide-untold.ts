import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import { setupOf } from '../authenticator/known-authenticators.js';
import { type Outcome, refuse } from '../authenticator/outcome.js';
import type { Decision, RequestFacts } from '../decision.js';
import type { RequestState } from './request-states.js';

/**
 * Decides a request as `authenticate` does, but tells nobody of it: observers are handed the request, whose identity headers have to
 * be gone by then. So an adapter decides, strips, keeps the outcome, and tells.
 */
export function decideUntold(authenticator: AnyAuthenticator, facts: RequestFacts): Outcome {
  return setupOf(authenticator)?.decide(facts) ?? refuse('decision-unknown', undefined);
}

/**
 * Asks for the proof that a request needs, where its authenticator has one to ask for (`withProof`): to be waited for before the
 * request is decided, since without it a claim is refused. Undefined where there is nothing to wait for. Never rejects.
 */
export function prepareUntold(
  authenticator: AnyAuthenticator,
  facts: RequestFacts,
): Promise<void> | undefined {
  return setupOf(authenticator)?.prepare?.(facts);
}

/** Keeps what was decided, where guards look for it, until observers are told: see {@link tellUntold}. */
export function keepUntold(
  state: RequestState,
  authenticator: AnyAuthenticator,
  decided: Outcome,
): Decision {
  state.authenticator = authenticator;
  state.decision = decided.decision;
  state.profile = decided.profile;
  state.untold = setupOf(authenticator)?.hears(decided) ? decided : undefined;
  return decided.decision;
}

/** Tells observers what they have not heard of a request, once. */
export function tellUntold(state: RequestState): void {
  const { untold, authenticator } = state;
  if (!untold || !authenticator) return;
  state.untold = undefined;
  setupOf(authenticator)?.tell(untold, state);
}
