import {
  type Decision,
  type Refusal,
  type RefusalError,
  type RequestShape,
  refusalError,
} from '@trusted-header/core';
import type { SignInRedirect } from '@trusted-header/login';
import { problemResponse } from './problem-response.js';

/** Answers a refused request in the application's own way: with a page, or a redirect. */
export type OnRefusal = (
  refusal: RefusalError,
  request: Request,
) => Response | undefined | Promise<Response | undefined>;

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
export function toPortal(
  redirect: SignInRedirect,
  decision: Decision,
  shape: RequestShape,
): OnRefusal {
  return (refusal) => {
    const location = redirect(refusal, decision, shape);
    if (location === undefined) return undefined;
    return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
  };
}

/**
 * Answers a refused request: as the application wants it, or with the problem (D2, D6).
 *
 * `NextResponse.next()` and rewrites are no answers: they let the request through, to where it was going or to another page.
 */
export async function answerRefusal(
  refusal: Refusal,
  request: Request,
  onRefusal: OnRefusal | undefined,
): Promise<Response> {
  // A client of WebSockets reads no page.
  if (!onRefusal || request.headers.has('upgrade')) return problemResponse(refusal, request);
  try {
    const answer: unknown = await onRefusal(refusalError(refusal), request);
    if (isAnswer(answer)) return answer;
  } catch (error) {
    console.error('trusted-header: onRefusal failed:', error);
  }
  return problemResponse(refusal, request);
}

function isAnswer(value: unknown): value is Response {
  // By what it can do: Next's bundles have classes of their own.
  if (typeof value !== 'object' || value === null || !('status' in value)) return false;
  const headers: unknown = Reflect.get(value, 'headers');
  return headers instanceof Headers && !GOES_ON.some((name) => headers.has(name));
}

const GOES_ON = ['x-middleware-next', 'x-middleware-rewrite'];
