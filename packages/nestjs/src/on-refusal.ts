import { createSlot, keptDecision, type Slot, sharedState } from '@trusted-header/core';
import type { SignInRedirect } from '@trusted-header/login';
import { type OnServerRefusal, sendProblem, shapeOf } from '@trusted-header/node';

/** How the application answers what is refused of a request, in front of it and by its guards: kept by Node's request. */
export const answers = sharedState<Slot<OnServerRefusal>>('answers of nestjs', createSlot);

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
export function toPortal(redirect: SignInRedirect): OnServerRefusal {
  return (refusal, req, res) => {
    const way = redirect(refusal, keptDecision(req), shapeOf(req));
    if (!way) return false;
    if (way.kind === 'link') return sendProblem(req, res, way.nobody, { signIn: way.url });
    res.statusCode = 302;
    res.setHeader('cache-control', 'no-store');
    res.setHeader('location', way.url);
    return res.end();
  };
}
