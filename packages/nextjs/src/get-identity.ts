import type { Identity } from '@trusted-header/core';
import type { RequestWithHeaders } from './find-decision.js';
import { getDecision } from './get-decision.js';

/**
 * Gives who is asking; undefined for nobody, for a claim that was refused, and where nobody has decided.
 *
 * @param request As for {@link getDecision}.
 *
 * @example
 * ```ts
 * import { getIdentity } from '@trusted-header/nextjs';
 *
 * export async function greeting(): Promise<string> {
 *   const identity = await getIdentity();
 *   return `Hello ${identity?.name ?? identity?.user ?? 'stranger'}`;
 * }
 * ```
 */
export async function getIdentity(request?: RequestWithHeaders): Promise<Identity | undefined> {
  const decision = await getDecision(request);
  return decision.kind === 'authenticated' ? decision.identity : undefined;
}
