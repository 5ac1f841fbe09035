import { type ProblemLinks, type Refusal, renderProblem } from '@trusted-header/core';
import type { Context } from 'koa';

/** Answers with the problem of a refusal (D2), in the form and the language that the client prefers. */
export function sendProblem(ctx: Context, refusal: Refusal, links: ProblemLinks = {}): void {
  const { accept, 'accept-language': acceptLanguage } = ctx.headers;
  const { status, headers, body } = renderProblem(refusal, { ...links, accept, acceptLanguage });
  ctx.status = status;
  ctx.set({ ...headers });
  ctx.body = body;
}
