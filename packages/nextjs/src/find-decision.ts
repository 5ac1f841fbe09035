import { INTERNAL_HEADER } from './internal-header.js';
import { type DecidedRequest, findRegistry } from './registry.js';
import type { Undecided } from './request-decision.js';

/** A request of the Pages router, of a route handler or of `proxy.ts`. */
export interface RequestWithHeaders {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Finds what is known of a request by the id on it. Waits for the proof, where one is being asked for. */
export async function findDecided({
  headers,
}: RequestWithHeaders): Promise<DecidedRequest | Undecided> {
  if (process.env.NEXT_RUNTIME === 'edge') return { kind: 'undecided', reason: 'edge-runtime' };
  const registry = findRegistry();
  if (!registry?.settings) return { kind: 'undecided', reason: 'not-registered' };
  const id = headers instanceof Headers ? headers.get(INTERNAL_HEADER) : headers[INTERNAL_HEADER];
  if (typeof id !== 'string') return NOT_SEEN;
  const entry = registry.decisions.get(id);
  if (!entry) return NOT_SEEN;
  if ('decision' in entry) return entry;
  await entry.pending;
  // Once more: the response may be over by now.
  const settled = registry.decisions.get(id);
  return settled && 'decision' in settled ? settled : NOT_SEEN;
}

const NOT_SEEN: Undecided = { kind: 'undecided', reason: 'not-seen' };
