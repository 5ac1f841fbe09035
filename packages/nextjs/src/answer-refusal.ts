import { type Refusal, type RefusalError, refusalError } from '@trusted-header/core';
import type { SignInWay } from '@trusted-header/login';
import { problemResponse } from './problem-response.js';

/** Answers a refused request in the application's own way: with a page, or a redirect. */
export type OnRefusal = (
  refusal: RefusalError,
  request: Request,
) => Response | undefined | Promise<Response | undefined>;

/** How a request is answered that is refused. */
export interface Answering {
  readonly onRefusal?: OnRefusal | undefined;
  /** Tells where people sign in who come as nobody (P6). */
  readonly portal?: ((refusal: Refusal) => SignInWay | undefined) | undefined;
}

/**
 * Answers a refused request: at the portal, as the application wants it, or with the problem (D2, D6).
 *
 * `NextResponse.next()` and rewrites are no answers: they let the request through, to where it was going or to another page.
 */
export async function answerRefusal(
  refusal: Refusal,
  request: Request,
  { onRefusal, portal }: Answering = {},
): Promise<Response> {
  // A client of WebSockets reads no page.
  if (request.headers.has('upgrade')) return problemResponse(refusal, request);
  const way = portal?.(refusal);
  // Made here: Next takes no response of another bundle's.
  if (way?.kind === 'redirect') {
    const headers = { location: way.url, 'cache-control': 'no-store' };
    return new Response(null, { status: 302, headers });
  }
  if (way) return problemResponse(way.nobody, request, { signIn: way.url });
  if (!onRefusal) return problemResponse(refusal, request);
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
