import type { Decision, Identity } from '@trusted-header/core';
import { bindIdentity, isSameBinding, readBinding, type SessionBinding } from './binding.js';
import { isHeld } from './hold.js';
import { isRefused, namedIdentity } from './named-identity.js';

/** What to do with the session of a request (P2). */
export type SessionAction =
  /** Touch nothing, and believe nothing: nobody of ours is signed in. */
  | { readonly kind: 'none' }
  /** End the session and everything in it. */
  | { readonly kind: 'end' }
  /** The session goes on; it belongs to `binding.user`. */
  | { readonly kind: 'keep'; readonly binding: SessionBinding }
  /** Begin a session, with a new id and without data, and store the binding in it. */
  | { readonly kind: 'start'; readonly binding: SessionBinding }
  /** End the session of somebody else and everything in it, then as `start`. */
  | { readonly kind: 'switch'; readonly binding: SessionBinding };

export interface ReconcileOptions {
  /**
   * What becomes of a session when a request names nobody. Default `end`. `keep` is for applications of which only the
   * sign-in page is behind the proxy: **a copied cookie then works until the session's own end, from anywhere.**
   */
  readonly onMissing?: 'end' | 'keep' | undefined;
  /** The request's path is open: the proxy names nobody there, which says nothing about the session. Nothing is ended. */
  readonly open?: boolean | undefined;
  /** Another login has signed somebody in on this session, a password for example. It is left alone. */
  readonly otherLogin?: boolean | undefined;
  /** What {@link holdSignIn} made, as it was stored. */
  readonly hold?: unknown;
  /** Milliseconds since 1970, for the hold. Default: now. */
  readonly now?: number | undefined;
}

const NONE: SessionAction = Object.freeze({ kind: 'none' });
const END: SessionAction = Object.freeze({ kind: 'end' });

/**
 * Tells what the session of a request must become, given whom the proxy names (P2). Pure; the truth table is in the README.
 *
 * Refuses to believe a binding of another version or shape, whoever wrote it: such a session is ended, or replaced. A
 * decision that is refused, or no decision at all, ends a session of ours also under `onMissing: 'keep'`; but not `cross-origin`.
 *
 * @param bound What the session has stored: undefined, or whatever is there.
 */
export function reconcileSession(
  bound: unknown,
  decision: Decision,
  options: ReconcileOptions = {},
): SessionAction {
  const stored = readBinding(bound);
  const identity = namedIdentity(decision);
  if (identity === undefined && (options.open === true || isFromElsewhere(decision))) return NONE;
  // Whoever signed in there is the other login's to judge, also where the proxy names somebody.
  if (stored.kind === 'other') return NONE;
  if (stored.kind === 'none') {
    if (identity === undefined || options.otherLogin === true) return NONE;
    return isHeldFor(identity.user, options)
      ? NONE
      : { kind: 'start', binding: bindIdentity(identity) };
  }
  if (stored.kind === 'invalid') return identity ? replaceBy(identity, options) : END;
  if (isRefused(decision)) return END;
  if (identity === undefined) {
    const isKept = options.onMissing === 'keep' && !isHeldFor(stored.binding.user, options);
    return isKept ? { kind: 'keep', binding: stored.binding } : END;
  }
  // A session of whoever has signed out has come back: a slow request has saved it once more.
  if (isHeldFor(identity.user, options)) return END;
  return isSameBinding(stored.binding, bindIdentity(identity))
    ? { kind: 'keep', binding: stored.binding }
    : replaceBy(identity, options);
}

/**
 * Tells whether a token, whose claim {@link bindIdentity} made, is still that of whom the proxy names: for applications with
 * tokens in the place of sessions. Verify the token first; this compares.
 *
 * @param options `onMissing: 'keep'` where tokens also come by paths that the proxy bypasses.
 */
export function stillBound(
  claim: unknown,
  decision: Decision,
  options: Pick<ReconcileOptions, 'onMissing'> = {},
): boolean {
  return reconcileSession(claim, decision, { onMissing: options.onMissing }).kind === 'keep';
}

/** Another site's page has sent the request, which says nothing of who is signed in: it would end whose session it likes. */
function isFromElsewhere(decision: Decision | undefined): boolean {
  return decision?.kind === 'refused' && decision.reason === 'cross-origin';
}

function replaceBy(identity: Identity, options: ReconcileOptions): SessionAction {
  if (isHeldFor(identity.user, options)) return END;
  return { kind: 'switch', binding: bindIdentity(identity) };
}

function isHeldFor(user: string, { hold, now = Date.now() }: ReconcileOptions): boolean {
  return isHeld(hold, user, now);
}
