import { findDecided, type RequestWithHeaders } from './find-decision.js';
import type { DecidedRequest } from './registry.js';
import type { Undecided } from './request-decision.js';

/** Finds what is known of a request; without one, of the request that is being answered, as `next/headers` has it. */
export async function getDecided(
  request?: RequestWithHeaders,
): Promise<DecidedRequest | Undecided> {
  if (request) return findDecided(request);
  // Not at the top: it needs what a custom server loads later than us.
  const { headers } = await import('next/headers.js');
  return findDecided({ headers: await headers() });
}
