let isInstalled = false;

/** Remembers that sessions are compared. */
export function installComparison(): void {
  isInstalled = true;
}

/**
 * Refuses to sign anybody in while nobody compares sessions: Auth.js keeps a session for a month, whoever the proxy names by then.
 *
 * @throws where `trustedHeaderCallbacks` has not been called.
 */
export function assertComparison(): void {
  if (isInstalled) return;
  throw new Error(
    'trustedHeaderProvider() needs callbacks: trustedHeaderCallbacks({ getDecision }), or its sessions outlive the proxy’s',
  );
}
