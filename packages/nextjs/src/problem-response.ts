import { type Refusal, renderProblem } from '@trusted-header/core';
import type { UndecidedReason } from './request-decision.js';
import { explainUndecided } from './request-decision.js';

/** Makes the answer to a refused request (D2), in the form that the client prefers. */
export function problemResponse(refusal: Refusal, request: Request): Response {
  const { status, headers, body } = renderProblem(
    refusal,
    request.headers.get('accept') ?? undefined,
  );
  return new Response(body, { status, headers: { ...headers } });
}

/** Makes the answer to a request about which nothing is known: not now (N3). The operator learns why. */
export function undecidedResponse(reason: UndecidedReason): Response {
  if (!told.has(reason)) {
    told.add(reason);
    console.error(`trusted-header: ${explainUndecided(reason)}`);
  }
  const problem = { type: 'about:blank', title: 'Not ready', status: 503, code: 'undecided' };
  return Response.json(problem, {
    status: 503,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'retry-after': '1',
    },
  });
}

/** Reasons that the operator has been told: once each, so that nobody fills the log. */
const told = new Set<UndecidedReason>();
