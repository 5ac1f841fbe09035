import { createSlot, keptDecision, type Slot, sharedState } from '@trusted-header/core';
import type { SignInRedirect } from '@trusted-header/login';
import { type OnServerRefusal, shapeOf } from '@trusted-header/node';

/** How the application answers what is refused of a request, in front of it and by its guards: kept by Node's request. */
export const answers = sharedState<Slot<OnServerRefusal>>('answers of nestjs', createSlot);

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
export function toPortal(redirect: SignInRedirect): OnServerRefusal {
  return (refusal, req, res) => {
    const url = redirect(refusal, keptDecision(req), shapeOf(req));
    if (url === undefined) return false;
    res.statusCode = 302;
    res.setHeader('cache-control', 'no-store');
    res.setHeader('location', url);
    return res.end();
  };
}
