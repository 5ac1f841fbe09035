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
import { shapeOf } from '@trusted-header/node';
import type { Context } from 'koa';
import { sendProblem } from './send-problem.js';

/**
 * Answers a refused request in the application's own way: sets `ctx.body` or `ctx.status`, or redirects. `throw refusal` hands it to
 * the error handling in front of `trustedHeader`, or to Koa's own.
 */
export type OnRefusal = (refusal: RefusalError, ctx: Context) => unknown;

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
export function toPortal(redirect: SignInRedirect): OnRefusal {
  return (refusal, ctx) => {
    const way = redirect(refusal, keptDecision(ctx.req), shapeOf(ctx.req));
    if (!way) return;
    if (way.kind === 'link') {
      sendProblem(ctx, way.nobody, { signIn: way.url });
      return;
    }
    ctx.set('cache-control', 'no-store');
    ctx.redirect(way.url);
  };
}

/** How the application answers what is refused of a request, by `trustedHeader` and by all that asks behind it. */
const answers = sharedState<Slot<OnRefusal>>('answers of koa', createSlot);

/** Keeps it for the guards behind, by Node's request. */
export const keepOnRefusal = answers.set;

/** Answers a refused request: as the application wants it, or with the problem (D2, D6). */
export async function answerRefusal(refusal: Refusal, ctx: Context): Promise<void> {
  const onRefusal = answers.get(ctx.req);
  // A client of WebSockets reads no page.
  const isAsked = onRefusal && ctx.get('upgrade') === '';
  if (isAsked && (await isAnswered(onRefusal, refusal, ctx))) return;
  sendProblem(ctx, refusal);
}

async function isAnswered(onRefusal: OnRefusal, refusal: Refusal, ctx: Context): Promise<boolean> {
  // A middleware before may have set them, and that is no answer.
  const { status, body } = ctx;
  const told = refusalError(refusal);
  try {
    await onRefusal(told, ctx);
  } catch (error) {
    // Nobody behind is reached by what is thrown.
    if (error === told) throw error;
    ctx.app.emit('error', error, ctx);
    return ctx.headerSent;
  }
  const isSet = ctx.status !== status || ctx.body !== body;
  return isSet || ctx.headerSent || ctx.respond === false;
}
