import type { RequestWithHeaders } from './find-decision.js';
import { getDecided } from './get-decided.js';
import type { RequestDecision } from './request-decision.js';

/**
 * Tells how it was decided who is asking. Every call asks anew what is known of this very request, so that nothing is
 * gained by getting around `proxy.ts` (N6), and makes a page dynamic, so that nobody's identity is cached (N2).
 *
 * Knows nothing any more once the response is over: read it before `after()`.
 *
 * @param request The request of the Pages router (`getServerSideProps`, API routes) or of `proxy.ts`; in server
 *   components, route handlers and server actions leave it out.
 *
 * @example
 * ```ts
 * import { getDecision } from '@trusted-header/nextjs';
 *
 * export async function GET() {
 *   const { kind } = await getDecision();
 *   return Response.json({ kind });
 * }
 * ```
 */
export async function getDecision(request?: RequestWithHeaders): Promise<RequestDecision> {
  const found = await getDecided(request);
  return 'decision' in found ? found.decision : found;
}
