import { INTERNAL_HEADER } from './internal-header.js';
import { findRegistry } from './registry.js';
import type { RequestDecision } from './request-decision.js';

/** A request of the Pages router, of a route handler or of `proxy.ts`. */
export interface RequestWithHeaders {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Finds the decision about a request by the id on it. */
export function findDecision({ headers }: RequestWithHeaders): RequestDecision {
  if (process.env.NEXT_RUNTIME === 'edge') return { kind: 'undecided', reason: 'edge-runtime' };
  const registry = findRegistry();
  if (!registry?.settings) return { kind: 'undecided', reason: 'not-registered' };
  const id = headers instanceof Headers ? headers.get(INTERNAL_HEADER) : headers[INTERNAL_HEADER];
  const decision = typeof id === 'string' ? registry.decisions.get(id) : undefined;
  return decision ?? { kind: 'undecided', reason: 'not-seen' };
}
