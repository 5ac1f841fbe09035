import { sharedState } from '@trusted-header/core';

/** The provider may be of one copy of this package, and the callbacks of another (A8). */
const comparison = sharedState('comparison of authjs', () => ({ isInstalled: false }));

/** Remembers that sessions are compared. */
export function installComparison(): void {
  comparison.isInstalled = true;
}

/**
 * Refuses to sign anybody in while nobody compares sessions: Auth.js keeps a session for a month, whoever the proxy names by then.
 *
 * @throws where `trustedHeaderCallbacks` has not been called.
 */
export function assertComparison(): void {
  if (comparison.isInstalled) return;
  throw new Error(
    'trustedHeaderProvider() needs callbacks: trustedHeaderCallbacks({ getDecision }), or its sessions outlive the proxy’s',
  );
}
