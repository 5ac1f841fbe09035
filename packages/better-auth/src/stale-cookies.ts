import type { GenericEndpointContext } from '@better-auth/core';
import type { Decision } from '@trusted-header/core';
import { stillBound } from '@trusted-header/login';
import { findLive } from './live-session.js';
import type { TrustedHeaderOptions } from './options.js';
import { cookieNames } from './request-headers.js';

/** As better-auth's plugin multiSession calls the cookies of all sessions that a browser has had. */
const MULTI = '_multi-';

/**
 * Names the cookies of a request by which multiSession would find a session of ours that is not of whom the proxy names: it lists such
 * sessions, and makes them the browser's, without a look at the session that we have compared.
 */
export async function staleCookies(
  ctx: GenericEndpointContext,
  decision: Decision,
  onMissing: TrustedHeaderOptions['onMissing'],
): Promise<readonly string[]> {
  const names = cookieNames(ctx.headers).filter((name) => name.includes(MULTI));
  const stale = await Promise.all(names.map(isStale));
  return names.filter((_, i) => stale[i]);

  async function isStale(name: string): Promise<boolean> {
    const token = await ctx.getSignedCookie(name, ctx.context.secret);
    const live = token ? await findLive(ctx, token) : undefined;
    return live?.bound !== undefined && !stillBound(live.bound, decision, { onMissing });
  }
}
