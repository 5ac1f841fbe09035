import type { Decision } from '@trusted-header/core';
import { stillBound } from '@trusted-header/login';
import type { SessionData, SessionStore } from '../sessions/session-store.js';

/** Where a session library keeps what `signIn` stores: at the top, unless an app says otherwise. */
export type BindingIn = (session: SessionData) => unknown;

/**
 * Asks whether the session in which a socket was opened is still there, and of whom the proxy named then.
 *
 * @param id That of the session: undefined where the request had none.
 */
export async function isSignedIn(
  sessions: SessionStore,
  id: string | undefined,
  decision: Decision,
  bindingIn: BindingIn = ({ trustedHeader }) => trustedHeader,
): Promise<boolean> {
  const session = id === undefined ? undefined : await sessions.get(id);
  return session !== undefined && stillBound(bindingIn(session), decision);
}
