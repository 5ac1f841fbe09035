import { type ProblemLinks, type Refusal, renderProblem } from '@trusted-header/core';
import type { Context } from 'hono';

/** Answers with the problem of a refusal (D2), in the form and the language that the client prefers. */
export function sendProblem(c: Context, refusal: Refusal, links: ProblemLinks = {}): Response {
  const { status, headers, body } = renderProblem(refusal, {
    ...links,
    accept: c.req.header('accept'),
    acceptLanguage: c.req.header('accept-language'),
  });
  return c.body(body, status, { ...headers });
}
