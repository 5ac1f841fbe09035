import { type Refusal, type RefusalError, refusalError } from '@trusted-header/core';
import { letAnswer, sendLastProblem } from './let-answer.js';
import type { NodeRequest, NodeResponse } from './node-request.js';
import { sendProblem } from './send-problem.js';

/** Answers a refused request in the application's own way, on Node's own request and response. */
export type OnServerRefusal = (
  refusal: RefusalError,
  req: NodeRequest,
  res: NodeResponse,
) => unknown;

/** Answers a refused request: as the application wants it, or with the problem (D2, D6). */
export function answerRefusal(
  refusal: Refusal,
  req: NodeRequest,
  res: NodeResponse,
  onRefusal: OnServerRefusal | undefined,
): void {
  // A client of WebSockets reads no page.
  if (!onRefusal || req.headers.upgrade !== undefined) {
    sendProblem(req, res, refusal);
    return;
  }
  letAnswer({
    response: res,
    ask: () => onRefusal(refusalError(refusal), req, res),
    send: () => sendLastProblem(req, res, refusal),
  });
}
