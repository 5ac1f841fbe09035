import { type Refusal, renderProblem } from '@trusted-header/core';
import type { Context } from 'koa';

/** Answers with the problem of a refusal (D2), in the form that the client prefers. */
export function sendProblem(ctx: Context, refusal: Refusal): void {
  const { status, headers, body } = renderProblem(refusal, ctx.get('accept'));
  ctx.status = status;
  ctx.set({ ...headers });
  ctx.body = body;
}
