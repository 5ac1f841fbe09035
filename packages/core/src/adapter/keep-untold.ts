import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import { setupOf } from '../authenticator/known-authenticators.js';
import type { Outcome } from '../authenticator/outcome.js';
import type { Decision } from '../decision.js';
import type { RequestState } from './request-states.js';

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
