import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import { setupOf } from '../authenticator/known-authenticators.js';
import type { RequestFacts } from '../decision.js';

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
