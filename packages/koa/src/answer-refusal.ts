import { noticeOf, type Refusal, type RefusalNotice } from '@trusted-header/core';
import type { Context } from 'koa';
import { sendProblem } from './send-problem.js';

/** Answers a refused request: sets `ctx.body` or `ctx.status`, redirects. What it does not answer within five seconds gets the problem. */
export type KoaAnswerer = (refusal: RefusalNotice, ctx: Context) => unknown;

const PATIENCE_MS = 5_000;

/** Lets the application answer a refused request; nothing behind the adapter runs, whatever it does (D6). */
export async function answerRefusal(
  ctx: Context,
  refusal: Refusal,
  ask: KoaAnswerer | undefined,
): Promise<void> {
  if (ask) await askInTime(() => ask(noticeOf(refusal), ctx));
  const isAnswered = ctx.headerSent || ctx.status !== 404 || ctx.body != null;
  if (!isAnswered) sendProblem(ctx, refusal);
}

async function askInTime(ask: () => unknown): Promise<void> {
  let deadline: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((over) => {
    deadline = setTimeout(over, PATIENCE_MS);
  });
  try {
    await Promise.race([ask(), patience]);
  } catch {
    // It has not answered.
  } finally {
    clearTimeout(deadline);
  }
}
