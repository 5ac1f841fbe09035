import { INTERNAL_HEADER } from './internal-header.js';
import { type DecidedRequest, findRegistry } from './registry.js';
import type { Undecided } from './request-decision.js';

/** A request of the Pages router, of a route handler or of `proxy.ts`. */
export interface RequestWithHeaders {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Finds what is known of a request by the id on it. */
export function findDecided({ headers }: RequestWithHeaders): DecidedRequest | Undecided {
  if (process.env.NEXT_RUNTIME === 'edge') return { kind: 'undecided', reason: 'edge-runtime' };
  const registry = findRegistry();
  if (!registry?.settings) return { kind: 'undecided', reason: 'not-registered' };
  const id = headers instanceof Headers ? headers.get(INTERNAL_HEADER) : headers[INTERNAL_HEADER];
  const decided = typeof id === 'string' ? registry.decisions.get(id) : undefined;
  return decided ?? { kind: 'undecided', reason: 'not-seen' };
}
