import {
  type AnonymousMode,
  compileAnonymous,
  createAuthenticator,
  refusalOf,
} from '@trusted-header/core';
import type { NextFetchEvent, NextMiddleware, NextRequest } from 'next/server.js';
import { answerRefusal, type OnRefusal } from './answer-refusal.js';
import { findDecided } from './find-decision.js';
import { hideDownstream, hideHeaders } from './hide-headers.js';
import { isInternalHeader } from './internal-header.js';
import { undecidedResponse } from './problem-response.js';
import { type DecidedRequest, findRegistry } from './registry.js';
import type { Undecided } from './request-decision.js';

/** What {@link trustedHeaderProxy} can be told beside what was registered. */
export interface TrustedHeaderProxyOptions {
  /**
   * For all requests, or for this one. Default, and where the function gives undefined: as registered. Whatever else it gives
   * but `allow` refuses: a promise, a throw.
   */
  readonly anonymous?: AnonymousMode | ((request: NextRequest) => AnonymousMode | undefined);
  /**
   * Answers what is refused here, and by `withIdentity` behind, with a response of its own. For undefined, a throw,
   * `NextResponse.next()` and rewrites the problem goes out, as without it. Not asked about WebSockets, nor where nothing is decided.
   */
  readonly onRefusal?: OnRefusal;
}

/**
 * Makes the function that `proxy.ts` (Next 15: `middleware.ts` on the Node runtime) exports: answers 401 to a request
 * without an identity, 403 to a claim that is not believed, and 503 to a request about which nothing is known.
 *
 * It is for early and clean answers, not the boundary: a request that gets around it has no identity either (N6). The files
 * that the build has put under `/_next/static/` are open to everybody, and nothing else there is.
 *
 * @param handler The application's own proxy function: runs for requests that are let through.
 *
 * @example
 * ```ts
 * // proxy.ts
 * import { trustedHeaderProxy } from '@trusted-header/nextjs';
 *
 * export const proxy = trustedHeaderProxy({
 *   anonymous: ({ nextUrl }) => (nextUrl.pathname === '/public' ? 'allow' : undefined),
 * });
 * ```
 */
export function trustedHeaderProxy(options?: TrustedHeaderProxyOptions): NextMiddleware;
export function trustedHeaderProxy(
  handler: NextMiddleware | undefined,
  options?: TrustedHeaderProxyOptions,
): NextMiddleware;
export function trustedHeaderProxy(
  first?: NextMiddleware | TrustedHeaderProxyOptions,
  second: TrustedHeaderProxyOptions = {},
): NextMiddleware {
  const [handler, { anonymous, onRefusal }] =
    typeof first === 'object' ? [undefined, first] : [first, second];

  return async function proxy(request: NextRequest, event: NextFetchEvent) {
    const found = findDecided(request);
    const mode = modeFor(request, anonymous, found);
    if (!('decision' in found)) {
      if (mode === 'refuse') return undecidedResponse(found.reason, request);
      hideHeaders(request.headers, isUnsafeUndecided);
    } else {
      found.onRefusal = onRefusal;
      // Asked first: a refusal of nobody is told to the operator, and a file is refused to nobody.
      const isOpen = mode === 'refuse' && (await isOpenFile(found));
      const refusal = refusalOf(found.decision, isOpen ? 'allow' : mode);
      if (refusal) {
        found.reject?.(refusal);
        return answerRefusal(refusal, request, found);
      }
    }
    const response = (await handler?.(request, event)) ?? (await goOn());
    if (!('decision' in found)) await hideDownstream(response, request, isUnsafeUndecided);
    else if (leavesForElsewhere(response, request))
      await hideDownstream(response, request, isInternalHeader);
    return response;
  };
}

async function goOn(): Promise<Response> {
  // Not at the top, as in getDecision.
  const { NextResponse } = await import('next/server.js');
  return NextResponse.next();
}

function modeFor(
  request: NextRequest,
  anonymous: TrustedHeaderProxyOptions['anonymous'],
  found: DecidedRequest | Undecided,
): AnonymousMode {
  if ('decision' in found && found.isOpen) return 'allow';
  const registered = 'decision' in found ? found.mode : modeForUndecided();
  if (typeof anonymous !== 'function') return anonymous ?? registered;
  const ask = compileAnonymous<NextRequest>({
    anonymous: (given) => anonymous(given) ?? registered,
  });
  return ask(NO_SHAPE, request);
}

/** A function that was registered asks about requests that have arrived, and this one has not. Off is not undecided (D6). */
function modeForUndecided(): AnonymousMode {
  return findRegistry()?.settings?.modeFor(NO_SHAPE, undefined) ?? 'refuse';
}

/** Nothing is open here: that was asked on arrival, of the target as the client wrote it. */
const NO_SHAPE = { method: undefined, target: undefined, rawHeaders: [] };

/**
 * Tells whether nobody asks for a file of the build, by its true name (N8). A claim that is refused is refused for files,
 * too. `/_next/image` is no such file: it fetches what its query names, past this function.
 */
async function isOpenFile({ decision, fileTarget }: DecidedRequest): Promise<boolean> {
  if (decision.kind !== 'anonymous' || fileTarget === undefined) return false;
  return (await findRegistry()?.isBuildFile(fileTarget)) ?? false;
}

/** A rewrite to another origin takes the request's headers along, and the id is nobody else's business. */
function leavesForElsewhere({ headers }: Response, { nextUrl }: NextRequest): boolean {
  const target = headers.get('x-middleware-rewrite');
  return target !== null && new URL(target, nextUrl).origin !== nextUrl.origin;
}

/** What a request carries that nobody has looked at. */
function isUnsafeUndecided(name: string): boolean {
  const { isIdentityHeader } = findRegistry()?.settings?.authenticator ?? usual;
  return isInternalHeader(name) || isIdentityHeader(name);
}

/** Knows the usual names where the application's own are not known yet. It decides nothing. */
const usual = createAuthenticator({ trustedProxies: '127.0.0.1' });
