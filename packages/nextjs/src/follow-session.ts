import type { Refusal } from '@trusted-header/core';
import type { RoleGuard } from '@trusted-header/login';
import type { NextMiddleware, NextRequest } from 'next/server.js';
import { answerRefusal } from './answer-refusal.js';
import { guardsWhereFrom, hideWhereFrom, saysWhereFrom } from './came-from.js';
import type { PolicyFinder } from './compile-policies.js';
import { findDecided } from './find-decision.js';
import type { RequestFollower } from './follow-request.js';
import { goOn } from './go-on.js';
import { handHeadersOn } from './hide-headers.js';
import { isImageFetch } from './image-fetch.js';
import type { CookieAttributes, NextCookies } from './next-cookies.js';
import { undecidedResponse } from './problem-response.js';
import { type DecidedRequest, findRegistry } from './registry.js';
import { guardsBehind, rewriteOf } from './rewrite-of.js';

/**
 * Makes a function of `proxy.ts` that follows the proxy with the session: it is started, switched or ended here, and what runs behind it
 * reads the new one, whichever way it reads cookies. Answers 403 `user-unknown` and 503 by itself.
 *
 * Files of the build are nobody's, and no user is looked up for them.
 *
 * @param guardsFor Gives the roles that a path asks for.
 */
export function followSessionWith(
  follower: Pick<RequestFollower<object>, 'follow'>,
  handler: NextMiddleware | undefined,
  guardsFor: PolicyFinder<RoleGuard>,
): NextMiddleware {
  return async function followSession(request, event) {
    // As it was asked for: an application's function may change it.
    const nextUrl = request.nextUrl.clone();
    const found = await findDecided(request);
    if (!('decision' in found)) {
      const unavailable = () => undecidedResponse(found.reason, request);
      const isGuarded = guardsFor(nextUrl, undefined).length > 0;
      if (isGuarded && !isImageFetch(request)) return unavailable();
      const response = await handler?.(request, event);
      const behind = guardsBehind(rewriteOf(response, nextUrl), guardsFor);
      if (behind.length > 0) return unavailable();
      return saysWhereFrom(request) ? withoutWhereFrom(response, request) : response;
    }
    if (await isForFile(found)) return handler?.(request, event);
    const { cookies, changes } = recordCookies(request);
    const { result, holder } = await follower.follow(found, cookies);
    const refuse = async (refusal: Refusal) => {
      found.reject?.(refusal);
      return withCookies(await answerRefusal(refusal, request, found), changes);
    };
    const guards = guardsFor(nextUrl, found.target);
    const refusal = result.refusal ?? refusalOf(guards, holder);
    if (refusal) return refuse(refusal);
    const response = await handler?.(request, event);
    const more = guardsBehind(rewriteOf(response, nextUrl), guardsFor);
    if (guards.length + more.length > 0) found.isForAll = false;
    const denied = refusalOf(more, holder);
    if (denied) return refuse(denied);
    const mayComeFrom = !refusalOf(guardsWhereFrom(request, guardsFor), holder);
    if (changes.length === 0 && mayComeFrom) return response;
    const answer = await withCookies(response ?? (await goOn()), changes);
    await handHeadersOn(answer, request);
    return mayComeFrom ? answer : withoutWhereFrom(answer, request);
  };
}

async function withoutWhereFrom(
  response: Awaited<ReturnType<NextMiddleware>>,
  request: NextRequest,
): Promise<Response> {
  const answer = response ?? (await goOn());
  await hideWhereFrom(answer, request);
  return answer;
}

function refusalOf(guards: readonly RoleGuard[], holder: object): Refusal | undefined {
  for (const guard of guards) {
    const refusal = guard(holder);
    if (refusal) return refusal;
  }
  return undefined;
}

interface Change {
  readonly name: string;
  readonly value: string;
  readonly options: CookieAttributes;
}

/** Sets cookies on the request, where what runs behind it reads them, and remembers them for the response. */
function recordCookies(request: NextRequest) {
  const changes: Change[] = [];
  const cookies: NextCookies = {
    get: (name) => request.cookies.get(name),
    set(name, value, options) {
      if (value === '') request.cookies.delete(name);
      else request.cookies.set(name, value);
      changes.push({ name, value, options });
    },
  };
  return { cookies, changes };
}

const CACHE_CONTROL = 'cache-control';

/** Gives an answer the cookies, for one browser only: a copy, since those of `Response.redirect` and `fetch` take no headers. */
async function withCookies(response: Response, changes: readonly Change[]): Promise<Response> {
  if (changes.length === 0) return response;
  const { NextResponse } = await import('next/server.js');
  const lines = NextResponse.next();
  for (const { name, value, options } of changes) lines.cookies.set(name, value, options);
  const answer = new Response(response.body, response);
  const own = answer.headers.getSetCookie();
  answer.headers.delete('set-cookie');
  // The application's come last: they are what it wants.
  for (const line of [...lines.headers.getSetCookie(), ...own]) {
    answer.headers.append('set-cookie', line);
  }
  // Next puts it in the place of what a prerendered page says: "shared caches, keep this for a year".
  if (!answer.headers.has(CACHE_CONTROL)) answer.headers.set(CACHE_CONTROL, 'no-store');
  return answer;
}

async function isForFile({ fileTarget }: DecidedRequest): Promise<boolean> {
  return fileTarget !== undefined && ((await findRegistry()?.isBuildFile(fileTarget)) ?? false);
}
