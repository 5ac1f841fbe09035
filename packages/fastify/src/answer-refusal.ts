import {
  createSlot,
  keptDecision,
  type Refusal,
  type RefusalError,
  refusalError,
  type Slot,
  sharedState,
} from '@trusted-header/core';
import type { SignInRedirect } from '@trusted-header/login';
import { letAnswer, shapeOf } from '@trusted-header/node';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './send-problem.js';

/** Answers a refused request in the application's own way. `reply.send(refusal)` hands it to the error handlers. */
export type OnRefusal = (
  refusal: RefusalError,
  request: FastifyRequest,
  reply: FastifyReply,
) => unknown;

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
export function toPortal(redirect: SignInRedirect): OnRefusal {
  return (refusal, request, reply) => {
    const { raw } = request;
    const way = redirect(refusal, keptDecision(raw), shapeOf(raw));
    if (!way) return false;
    if (way.kind === 'link') return sendProblem(request, reply, way.nobody, { signIn: way.url });
    return reply.header('cache-control', 'no-store').redirect(way.url);
  };
}

/** How the application answers what is refused of a request, by `trustedHeader` and by all that asks behind it. */
const answers = sharedState<Slot<OnRefusal>>('answers of fastify', createSlot);

/** Keeps it for the guards behind, by Node's request. */
export const keepOnRefusal = answers.set;

/**
 * Answers a refused request: as the application wants it, or with the problem (D2, D6).
 *
 * @returns What a hook is to wait for, which never comes. Whatever ends a hook lets the request through unless its response has
 *   ended by then; and Fastify's own reply, if a hook gives it, also ends when its client hangs up before an `onSend` hook is done.
 */
export function answerRefusal(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<never> {
  const onRefusal = answers.get(request.raw);
  // A client of WebSockets reads no page.
  if (!onRefusal || request.headers.upgrade !== undefined) sendProblem(request, reply, refusal);
  else {
    letAnswer({
      response: reply.raw,
      ask: () => onRefusal(refusalError(refusal), request, reply),
      send: () => sendProblem(request, reply, refusal),
      // A stream has begun long before it has ended.
      isAnswered: () => reply.sent || reply.raw.headersSent,
      log: (message, error) => request.log.error(error, message),
    });
  }
  return new Promise(() => undefined);
}
