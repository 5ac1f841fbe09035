import { type ProblemLinks, type Refusal, renderProblem } from '@trusted-header/core';
import { basePathOf } from './base-path.js';
import type { UndecidedReason } from './request-decision.js';
import { explainUndecided } from './request-decision.js';

/** Makes the answer to a refused request (D2), in the form and the language that the client prefers. */
export function problemResponse(
  refusal: Refusal,
  request: Request,
  links: ProblemLinks = {},
): Response {
  const { status, headers, body } = renderProblem(refusal, {
    start: startOf(request),
    ...links,
    accept: request.headers.get('accept') ?? undefined,
    acceptLanguage: request.headers.get('accept-language') ?? undefined,
  });
  return new Response(body, { status, headers: { ...headers } });
}

/** Makes the answer to a request about which nothing is known: not now (N3). The operator learns why. */
export function undecidedResponse(reason: UndecidedReason, request: Request): Response {
  if (!told.has(reason)) {
    told.add(reason);
    console.error(`trusted-header: ${explainUndecided(reason)}`);
  }
  return problemResponse({ kind: 'unavailable', reason: 'undecided' }, request);
}

/** Reasons that the operator has been told: once each, so that nobody fills the log. */
const told = new Set<UndecidedReason>();

/** The application's start page, below its `basePath`, which is configuration. */
function startOf(request: Request): string {
  const basePath: unknown =
    'nextUrl' in request && Reflect.get(Object(request.nextUrl), 'basePath');
  return (typeof basePath === 'string' && basePathOf({ basePath })) || '/';
}
