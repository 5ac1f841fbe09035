import type { GenericEndpointContext } from '@better-auth/core';
import { createAuthMiddleware } from 'better-auth/api';
import { storedBinding } from './binding-field.js';

/** A session that is alive in the database. */
export interface LiveSession {
  readonly token: string;
  readonly userId: string;
  /** What we have stored in it; undefined where another login has made it. */
  readonly bound: unknown;
}

/**
 * Finds the session of a request in the database, past better-auth's cookie cache: what a cookie says of a session counts for
 * nothing here. Gives undefined for no cookie, a wrong signature, and a session that was revoked or is over.
 */
export async function liveSession(ctx: GenericEndpointContext): Promise<LiveSession | undefined> {
  const token = await tokenOf(ctx);
  return token === undefined ? undefined : findLive(ctx, token);
}

/** Gives the token in a request's session cookie, if the signature is right. */
export function tokenOf(ctx: GenericEndpointContext): Promise<string | undefined> {
  return readToken({ ...ctx, returnHeaders: false });
}

/** As a middleware, since what better-auth gives to hooks of the database, behind an endpoint, cannot read cookies by itself. */
const readToken = createAuthMiddleware(async (ctx) => {
  const { name } = ctx.context.authCookies.sessionToken;
  const token = await ctx.getSignedCookie(name, ctx.context.secret);
  return typeof token === 'string' && token !== '' ? token : undefined;
});

/** Finds a session by its token. Not by `findSession`, which leaves out the field that is not for clients. */
export async function findLive(
  ctx: GenericEndpointContext,
  token: string,
): Promise<LiveSession | undefined> {
  const found = await ctx.context.internalAdapter.findSessions([token], {
    onlyActiveSessions: true,
  });
  const session = found[0]?.session;
  return session && { token, userId: session.userId, bound: storedBinding(session) };
}
