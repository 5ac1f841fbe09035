import type { AssertionProvider } from '../providers/provider.js';
import { makeVerifier } from './make-verifier.js';
import type { Verifier } from './verifier.js';
import type { VerifierOptions } from './verifier-options.js';

/**
 * Makes a verifier, and has the keys fetched at once.
 *
 * @throws {ConfigError} `option-invalid`, with every fault of the provider and the options.
 */
export function createVerifier(provider: AssertionProvider, options?: VerifierOptions): Verifier {
  return makeVerifier(provider, options);
}
