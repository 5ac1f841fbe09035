import {
  type AnonymousMode,
  type anyUser,
  checkAdmission,
  compileAnonymous,
  createAuthenticator,
  type Policy,
} from '@trusted-header/core';
import type { NextFetchEvent, NextMiddleware, NextRequest } from 'next/server.js';
import type { OnRefusal } from './answer-refusal.js';
import { guardsWhereFrom, hideWhereFrom, saysWhereFrom } from './came-from.js';
import { checkProxyArguments } from './check-proxy-arguments.js';
import type { PathPolicies } from './compile-policies.js';
import { compileProxyPolicies } from './compile-proxy-policies.js';
import { findDecided } from './find-decision.js';
import { goOn } from './go-on.js';
import { hideDownstream, hideHeaders } from './hide-headers.js';
import { admitImageFetch } from './image-fetch.js';
import { isInternalHeader } from './internal-header.js';
import { mayIntercept } from './paths-of-request.js';
import { undecidedResponse } from './problem-response.js';
import { refuseRequest } from './refuse-request.js';
import { type DecidedRequest, findRegistry } from './registry.js';
import type { Undecided } from './request-decision.js';
import { guardsBehind, rewriteOf } from './rewrite-of.js';

/** What {@link trustedHeaderProxy} can be told beside what was registered. */
export interface TrustedHeaderProxyOptions {
  /**
   * For all requests, or for this one. Default, and where the function gives undefined: as registered. Whatever else it gives
   * but `allow` refuses: a promise, a throw.
   */
  readonly anonymous?: AnonymousMode | ((request: NextRequest) => AnonymousMode | undefined);
  /**
   * What paths ask for, before anything is rendered: `{ '/admin/*': { groups: { anyOf: ['admins'] } } }`, or `anyUser`. Who is
   * not admitted gets 403, and nobody 401, whatever is open. Whichever way a request can be read, no spelling of a path gets
   * past its policy. It is not the boundary: what the page shows still asks by `requireIdentity`.
   */
  readonly policies?: PathPolicies<Policy | typeof anyUser>;
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
  second?: TrustedHeaderProxyOptions,
): NextMiddleware {
  checkProxyArguments(first, second, NAMES);
  const [handler, options = {}] = typeof first === 'object' ? [undefined, first] : [first, second];
  const guardsFor = compileProxyPolicies(options);
  const { anonymous, onRefusal } = options;
  // One that is nothing would be the registered one, which may let nobody pass.
  checkAdmission({ anonymous });

  return async function proxy(request: NextRequest, event: NextFetchEvent) {
    const found = await findDecided(request);
    // As it was asked for: an application's function may change it.
    const nextUrl = request.nextUrl.clone();
    const target = 'decision' in found ? found.target : undefined;
    const guards = guardsFor(nextUrl, target);
    const isClosed = guards.length > 0 || (!isForAll() && mayIntercept(nextUrl, target));
    const mode = isClosed ? 'refuse' : modeFor(request, anonymous, found);
    if ('decision' in found) found.onRefusal = onRefusal;
    const refused = await refuseRequest(request, found, { mode, guards });
    if (refused) return refused;
    if (!('decision' in found)) hideHeaders(request.headers, isUnsafeUndecided);
    const response = (await handler?.(request, event)) ?? (await goOn());
    const rewrite = rewriteOf(response, nextUrl);
    const more = guardsBehind(rewrite, guardsFor);
    if (more.length > 0) {
      // What is fetched for an image was let through as what it was before.
      if (!('decision' in found)) return undecidedResponse(found.reason, request);
      found.isForAll = false;
      const behind = { ...found, fileTarget: undefined };
      const denied = await refuseRequest(request, behind, { mode: 'refuse', guards: more });
      if (denied) return denied;
    }
    if (!('decision' in found)) await hideDownstream(response, request, isUnsafeUndecided);
    else if (rewrite === 'elsewhere') await hideDownstream(response, request, isInternalHeader);
    else if (!rewrite) admitImageFetch(request);
    const isTold = !saysWhereFrom(request) || mayComeFrom(request, found);
    if (!isTold) await hideWhereFrom(response, request);
    return response;
  };

  /** Tells whether all pages are for nobody as well, but those that a policy protects. */
  function isForAll(): boolean {
    return (anonymous ?? findRegistry()?.settings?.anonymous) === 'allow';
  }

  /** Tells whether whoever asks may have all pages that Next may show in the place of this one. */
  function mayComeFrom(request: NextRequest, found: DecidedRequest | Undecided): boolean {
    if (!('decision' in found)) return false;
    const { decision } = found;
    if (decision.kind === 'anonymous' && !isForAll()) return false;
    // Of a copy nobody is told: the request is not refused.
    return guardsWhereFrom(request, guardsFor).every(
      (guard) => guard({ ...decision }) === undefined,
    );
  }
}

const NAMES = ['anonymous', 'policies', 'onRefusal'];

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

/** What a request carries that nobody has looked at. */
function isUnsafeUndecided(name: string): boolean {
  const { isIdentityHeader } = findRegistry()?.settings?.authenticator ?? usual;
  return isInternalHeader(name) || isIdentityHeader(name);
}

/** Knows the usual names where the application's own are not known yet. It decides nothing. */
const usual = createAuthenticator({ trustedProxies: '127.0.0.1' });
