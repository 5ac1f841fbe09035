import type { ServerResponse } from 'node:http';
import {
  createSlot,
  keptDecision,
  type Refusal,
  type Slot,
  sharedState,
} from '@trusted-header/core';
import type { SignInRedirect } from '@trusted-header/login';
import { answerRefusal as answer, sendProblem, shapeOf } from '@trusted-header/node';
import type { OnRefusal } from './handler.js';
import type { DecidedRequest } from './request.js';

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
export function toPortal(redirect: SignInRedirect): OnRefusal {
  return (refusal, req, res) => {
    const way = redirect(refusal, keptDecision(req), shapeOf(req));
    if (!way) return false;
    if (way.kind === 'link') return sendProblem(req, res, way.nobody, { signIn: way.url });
    res.statusCode = 302;
    res.setHeader('location', way.url);
    res.setHeader('cache-control', 'no-store');
    return res.end();
  };
}

/** How the application answers what is refused of a request, by `trustedHeader` and by all that asks behind it. */
const answers = sharedState<Slot<OnRefusal>>('answers of __name__', createSlot);

/** Keeps it for the guards behind. */
export const keepOnRefusal = answers.set;

/** Answers a refused request: as the application wants it, or with the problem (D2, D6). */
export function answerRefusal(refusal: Refusal, req: DecidedRequest, res: ServerResponse): void {
  answer(refusal, req, res, answers.get(req));
}
