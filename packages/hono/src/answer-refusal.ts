import {
  createSlot,
  keptDecision,
  type Refusal,
  type RefusalError,
  refusalError,
  type Slot,
  sharedState,
  stateOf,
} from '@trusted-header/core';
import type { SignInRedirect } from '@trusted-header/login';
import type { Context } from 'hono';
import { sendProblem } from './send-problem.js';

/** Answers a refused request in the application's own way: with the response that it gives. */
export type OnRefusal = (
  refusal: RefusalError,
  c: Context,
) => Response | undefined | Promise<Response | undefined>;

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
export function toPortal(redirect: SignInRedirect): OnRefusal {
  return (refusal, c) => {
    const { shape } = stateOf(c);
    const way = shape && redirect(refusal, keptDecision(c), shape);
    if (!way) return undefined;
    if (way.kind === 'link') return sendProblem(c, way.nobody, { signIn: way.url });
    c.header('cache-control', 'no-store');
    return c.redirect(way.url);
  };
}

/** How the application answers what is refused of a request, by `trustedHeader` and by all that asks behind it. */
const answers = sharedState<Slot<OnRefusal>>('answers of hono', createSlot);

/** Keeps it for the guards behind. */
export const keepOnRefusal = answers.set;

/** Answers a refused request: as the application wants it, or with the problem (D2, D6). */
export async function answerRefusal(refusal: Refusal, c: Context): Promise<Response> {
  const onRefusal = answers.get(c);
  // A client of WebSockets reads no page.
  if (!onRefusal || c.req.header('upgrade') !== undefined) return sendProblem(c, refusal);
  try {
    const answer: unknown = await onRefusal(refusalError(refusal), c);
    if (isResponse(answer)) return answer;
  } catch (error) {
    console.error('trusted-header: onRefusal failed:', error);
  }
  return sendProblem(c, refusal);
}

/** By what it can do: runtimes and `@hono/node-server` have classes of their own. */
function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}
