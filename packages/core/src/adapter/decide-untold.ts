import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import { setupOf } from '../authenticator/known-authenticators.js';
import { type Outcome, refuse } from '../authenticator/outcome.js';
import type { RequestFacts } from '../decision.js';

/**
 * Decides a request as `authenticate` does, but tells nobody of it: observers are handed the request, whose identity headers have to
 * be gone by then. So an adapter decides, strips, keeps the outcome, and tells.
 */
export function decideUntold(authenticator: AnyAuthenticator, facts: RequestFacts): Outcome {
  return setupOf(authenticator)?.decide(facts) ?? refuse('decision-unknown', undefined);
}
