import {
  createRequestSlot,
  keptDecision,
  type Refusal,
  type RefusalError,
  refusalError,
  type Slot,
  sharedState,
} from '@trusted-header/core';
import type { SignInRedirect } from '@trusted-header/login';
import { letAnswer, sendLastProblem, sendProblem, shapeOf } from '@trusted-header/node';
import type { NextFunction, Request, Response } from 'express';

/**
 * Answers a refused request in the application's own way. `next(refusal)` hands it to the error handlers; `next()` lets nobody
 * through, and has the problem sent.
 */
export type OnRefusal = (
  refusal: RefusalError,
  req: Request,
  res: Response,
  next: NextFunction,
) => unknown;

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
export function toPortal(redirect: SignInRedirect): OnRefusal {
  return (refusal, req, res, next) => {
    const way = redirect(refusal, keptDecision(req), shapeOf(req));
    if (way?.kind === 'redirect') res.set('cache-control', 'no-store').redirect(way.url);
    else if (way) sendProblem(req, res, way.nobody, { signIn: way.url });
    else next();
  };
}

/** How the application answers what is refused of a request, by `trustedHeader` and by all that asks behind it. */
const answers = sharedState<Slot<OnRefusal>>('answers of express', createRequestSlot);

/** Keeps it for the guards behind. */
export const keepOnRefusal = answers.set;

/** Answers a refused request: as the application wants it, or with the problem (D2, D6). */
export function answerRefusal(
  refusal: Refusal,
  req: Request,
  res: Response,
  next: NextFunction,
): void {
  const onRefusal = answers.get(req);
  // A client of WebSockets reads no page.
  if (!onRefusal || req.headers.upgrade !== undefined) {
    sendProblem(req, res, refusal);
    return;
  }
  letAnswer({
    response: res,
    ask: ({ giveUp, handOver }) =>
      onRefusal(refusalError(refusal), req, res, (error?: unknown) => {
        if (!isError(error)) giveUp();
        else if (handOver()) next(error);
      }),
    send: () => sendLastProblem(req, res, refusal),
  });
}

/** Express goes on to the next handler for anything else. */
function isError(given: unknown): boolean {
  return Boolean(given) && given !== 'route' && given !== 'router';
}
