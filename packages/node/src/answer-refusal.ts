import { noticeOf, type Refusal, type RefusalNotice } from '@trusted-header/core';
import type { NodeRequest, NodeResponse } from './node-request.js';
import { sendProblem } from './send-problem.js';

/** How long an application may take to begin its answer. */
const PATIENCE_MS = 5_000;

/** Answers a refused request, on Node's own request and response. */
export type ServerAnswerer = (refusal: RefusalNotice, req: NodeRequest, res: NodeResponse) => unknown;

/**
 * Lets the application answer a refused request. Where it throws, rejects, or has not begun to answer after five seconds,
 * the problem goes out (D6).
 *
 * @param ask What the application does; without it the problem goes out at once.
 * @returns What sends the problem now, unless an answer has begun.
 */
export function answerRefusal<Req extends NodeRequest, Res extends NodeResponse>(
  req: Req,
  res: Res,
  refusal: Refusal,
  ask: ((refusal: RefusalNotice, req: Req, res: Res) => unknown) | undefined,
  send: () => void = () => sendProblem(req, res, refusal),
): () => void {
  if (!ask) {
    send();
    return () => undefined;
  }
  let isOver = false;
  const deadline = setTimeout(giveUp, PATIENCE_MS);
  res.once('close', stop);
  void askSafely(() => ask(noticeOf(refusal), req, res), giveUp);
  return giveUp;

  function giveUp(): void {
    if (isOver) return;
    stop();
    if (!res.headersSent && !res.writableEnded) send();
  }

  function stop(): void {
    isOver = true;
    clearTimeout(deadline);
  }
}

async function askSafely(ask: () => unknown, giveUp: () => void): Promise<void> {
  try {
    await ask();
  } catch {
    giveUp();
  }
}
