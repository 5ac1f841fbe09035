import type { GenericEndpointContext } from '@better-auth/core';
import { holdSignIn } from '@trusted-header/login';
import { expireCookie } from 'better-auth/cookies';
import { fromJson } from './binding-field.js';
import { liveSession } from './live-session.js';

const DAY_SECONDS = 86_400;

/** Reads the hold that a sign-out has left in a signed cookie of its own; undefined without one. */
export async function readHold(ctx: GenericEndpointContext): Promise<unknown> {
  const text = await ctx.getSignedCookie(holdCookie(ctx).name, ctx.context.secret);
  return typeof text === 'string' ? fromJson(text) : undefined;
}

/** Removes the hold: its user has asked to be signed in again, or somebody else has signed in. */
export function removeHold(ctx: GenericEndpointContext): void {
  expireCookie(ctx, holdCookie(ctx));
}

/**
 * Holds whoever signs out of a session of ours: the proxy still names them, and the next request would sign them in again. Runs
 * before better-auth's own sign-out, which deletes what tells who it was. A database that is down gives no hold.
 */
export async function holdSignedOut(
  ctx: GenericEndpointContext,
  seconds: number = DAY_SECONDS,
): Promise<void> {
  const session = await liveSession(ctx).catch(() => undefined);
  const user = userOf(session?.bound);
  if (user === undefined) return;
  const { name, attributes } = holdCookie(ctx);
  const hold = JSON.stringify(holdSignIn(user, Date.now(), seconds));
  await ctx.setSignedCookie(name, hold, ctx.context.secret, { ...attributes, maxAge: seconds });
}

function userOf(bound: unknown): string | undefined {
  if (typeof bound !== 'object' || bound === null) return undefined;
  const user: unknown = Reflect.get(bound, 'user');
  return typeof user === 'string' ? user : undefined;
}

function holdCookie(ctx: GenericEndpointContext) {
  return ctx.context.createAuthCookie('trusted_header_hold');
}
