import type { RefusalReason } from '../decision.js';
import type { Problem, Refusal } from './problem.js';

/**
 * Tells a client what became of its request, as an RFC 9457 problem (D2): 401 for nobody, 403 for a refused claim and
 * for a user whom the policy does not admit or the application does not know, and for whatever is no refusal of ours (D5); 503
 * where nobody can say who the user is. Holds no address, header value or configuration.
 *
 * @example
 * ```ts
 * import { problemOf } from '@trusted-header/core';
 *
 * problemOf({ kind: 'refused', reason: 'peer-untrusted', peer: '172.20.0.5' });
 * // { type: 'about:blank', title: 'Forbidden', status: 403, code: 'peer-untrusted' }
 * ```
 */
export function problemOf(refusal: Refusal): Problem {
  switch (refusal?.kind) {
    case 'anonymous':
      return { ...UNAUTHORIZED, code: 'authentication-required' };
    case 'refused':
      return {
        ...(UNANSWERED.has(refusal.reason) ? UNAVAILABLE : FORBIDDEN),
        code: refusal.reason,
      };
    case 'denied':
      return { ...FORBIDDEN, code: refusal.reason };
    case 'unavailable':
      return { ...UNAVAILABLE, code: refusal.reason };
    default:
      return { ...FORBIDDEN, code: 'decision-unknown' };
  }
}

// RFC 9457 section 4.2.1: with `about:blank` the title is the phrase of the status code.
const UNAUTHORIZED = { type: 'about:blank', title: 'Unauthorized', status: 401 } as const;
const FORBIDDEN = { type: 'about:blank', title: 'Forbidden', status: 403 } as const;
/** Reasons that say nothing of the request: whoever could tell did not answer. */
const UNANSWERED: ReadonlySet<string> = new Set([
  'proof-unavailable',
  'assertion-unavailable',
] satisfies RefusalReason[]);
const UNAVAILABLE = { type: 'about:blank', title: 'Service Unavailable', status: 503 } as const;
