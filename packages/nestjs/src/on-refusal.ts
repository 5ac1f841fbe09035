import {
  createSlot,
  keptDecision,
  type ResolvedAdapterOptions,
  type Slot,
  sharedState,
} from '@trusted-header/core';
import { type SignInRedirect, signInRedirect } from '@trusted-header/login';
import { type NodeRequest, type OnServerRefusal, shapeOf } from '@trusted-header/node';

/** How the application answers what is refused of a request, in front of it and by its guards: kept by Node's request. */
export const answers = sharedState<Slot<OnServerRefusal>>('answers of nestjs', createSlot);

/** Gives how refusals are answered: by the application, at the portal, or, undefined, by us. */
export function refusalHandler(
  resolved: ResolvedAdapterOptions<NodeRequest, OnServerRefusal>,
): OnServerRefusal | undefined {
  const redirect = signInRedirect(resolved);
  return redirect ? toPortal(redirect) : resolved.onRefusal;
}

/** Sends people to the portal, where `signIn` says so, and leaves programs their problem (P6). */
function toPortal(redirect: SignInRedirect): OnServerRefusal {
  return (refusal, req, res) => {
    const url = redirect(refusal, keptDecision(req), shapeOf(req));
    if (url === undefined) return;
    res.statusCode = 302;
    res.setHeader('cache-control', 'no-store');
    res.setHeader('location', url);
    res.end();
  };
}
