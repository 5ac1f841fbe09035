import type { GenericEndpointContext } from '@better-auth/core';
import { type Decision, tellDenial } from '@trusted-header/core';
import { reconcileSession, type SessionBinding, type UserResolver } from '@trusted-header/login';
import { deleteSessionCookie, setSessionCookie } from 'better-auth/cookies';
import { parseSessionOutput } from 'better-auth/db';
import { type AccountOwner, type DenialCode, isRefusal } from './accounts.js';
import { fieldsOf } from './binding-field.js';
import { readHold, removeHold } from './hold-cookie.js';
import { type LiveSession, liveSession } from './live-session.js';
import type { TrustedHeaderOptions } from './options.js';
import { staleCookies } from './stale-cookies.js';

/** What is asked of better-auth for one request. */
export interface FollowBody {
  readonly decision: Decision;
  readonly open?: boolean | undefined;
  readonly again?: boolean | undefined;
}

/** What came of it. The cookies are in the endpoint's response. */
export type FollowAnswer = Outcome & {
  /** Those of the request by which a session could be found that is not of whom the proxy names. */
  readonly staleCookies: readonly string[];
};

type Outcome =
  | { readonly kind: 'user' }
  /** `isOurs`: the request has a session of ours, and it is not to be believed. */
  | { readonly kind: 'nobody'; readonly isOurs: boolean }
  | { readonly kind: 'denied'; readonly code: DenialCode }
  | { readonly kind: 'unavailable'; readonly error: unknown };

const DETAILS: Readonly<Record<DenialCode, string>> = {
  'user-unknown': 'no account of trusted-header, and none is created',
  'email-missing': 'the proxy sends no e-mail, and there is no emailFor',
  'email-taken': 'a user with this e-mail has signed up otherwise; link the account by hand',
  'user-refused': 'a hook of better-auth refused the user',
};

/**
 * Follows the proxy with the session of one request (P2), in better-auth's own tables and cookies.
 *
 * Asks for the user before it touches the session; the new session is there before the old one goes; cookies are set last. So a
 * database that fails in between leaves the browser as it was, and the next request tries again.
 */
export async function follow(
  ctx: GenericEndpointContext,
  { decision, open, again }: FollowBody,
  accounts: UserResolver<AccountOwner>,
  { onMissing }: TrustedHeaderOptions,
): Promise<FollowAnswer> {
  try {
    const stale = await staleCookies(ctx, decision, onMissing);
    return { ...(await reconcile()), staleCookies: stale };
  } catch (error) {
    const base = { staleCookies: [] };
    if (open === true && isNobody(decision)) return { kind: 'nobody', isOurs: true, ...base };
    ctx.context.logger.error(`trusted-header: nobody can be signed in: ${nameOf(error)}`);
    return { kind: 'unavailable', error, ...base };
  }

  async function reconcile(): Promise<Outcome> {
    const live = await liveSession(ctx);
    const stored = await readHold(ctx);
    const hold = again === true ? undefined : stored;
    const otherLogin = live !== undefined && live.bound === undefined;
    const action = reconcileSession(live?.bound, decision, { onMissing, open, otherLogin, hold });
    switch (action.kind) {
      case 'none':
        return { kind: 'nobody', isOurs: live?.bound !== undefined };
      case 'keep':
        if (again === true && stored !== undefined) removeHold(ctx);
        return { kind: 'user' };
      case 'end':
        await end(live);
        return { kind: 'nobody', isOurs: true };
      case 'start':
      case 'switch':
        return begin(live, action.binding, stored !== undefined);
    }
  }

  async function begin(
    old: LiveSession | undefined,
    binding: SessionBinding,
    isHeld: boolean,
  ): Promise<Outcome> {
    // Only somebody who is named begins a session.
    if (decision.kind !== 'authenticated') return { kind: 'nobody', isOurs: true };
    const owner = await accounts.resolve(decision.identity);
    if (owner?.kind !== 'owner') return deny(old, owner?.code ?? 'user-unknown');
    const session = await createSession(owner.userId, binding);
    const user = session && (await ctx.context.internalAdapter.findUserById(owner.userId));
    if (!session || !user) return deny(old, 'user-refused');
    if (old) await ctx.context.internalAdapter.deleteSession(old.token);
    const output = parseSessionOutput(ctx.context.options, session);
    await setSessionCookie(ctx, { session: output, user }, false);
    // Last: where the session could not be started, the hold holds.
    if (isHeld) removeHold(ctx);
    return { kind: 'user' };
  }

  /** Gives null where a hook of better-auth's refuses: a ban, for example. */
  async function createSession(userId: string, binding: SessionBinding) {
    try {
      return await ctx.context.internalAdapter.createSession(userId, false, fieldsOf(binding));
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  async function deny(old: LiveSession | undefined, code: DenialCode): Promise<Outcome> {
    if (old) await end(old);
    tellDenial(decision, { reason: 'user-unknown', detail: DETAILS[code] });
    return { kind: 'denied', code };
  }

  async function end(old: LiveSession | undefined): Promise<void> {
    if (old) await ctx.context.internalAdapter.deleteSession(old.token);
    deleteSessionCookie(ctx);
  }
}

/** Tells whether nobody is named, without a look at any session. */
function isNobody(decision: Decision): boolean {
  return reconcileSession(undefined, decision).kind === 'none';
}

/** What a database says in its message may quote the request. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
