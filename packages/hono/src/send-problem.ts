import { type Refusal, renderProblem } from '@trusted-header/core';
import type { Context } from 'hono';

/** Answers with the problem of a refusal (D2), in the form that the client prefers. */
export function sendProblem(c: Context, refusal: Refusal): Response {
  const { status, headers, body } = renderProblem(refusal, c.req.header('accept'));
  return c.body(body, status, { ...headers });
}
