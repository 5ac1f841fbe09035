import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import type { About, RouteOf } from '../authenticator/decision-event.js';
import type { Outcome } from '../authenticator/outcome.js';
import { sharedState } from '../config/shared-state.js';
import type { Decision, RequestFacts } from '../decision.js';
import { createRequestSlot, type RequestSlot } from './create-request-slot.js';
import type { RequestShape } from './same-origin.js';

/** What is known of a request: one object, since each slot on a request costs. */
export interface RequestState extends About {
  /** Read once: the headers are stripped after the first time. */
  facts: RequestFacts | undefined;
  /** Read once as well: frameworks rewrite the target in place. */
  shape: RequestShape | undefined;
  /** The last one that decided it: an application may have two adapters with different profiles. */
  authenticator: AnyAuthenticator | undefined;
  /** Its decision, where guards look for it: not where handlers read it, which is anybody's to write (D5). */
  decision: Decision | undefined;
  /** What handlers are shown, where what they read asks: see {@link showDecision}. */
  shown: Decision | undefined;
  /** What observers have not heard of yet: see {@link tellUntold}. */
  untold: Outcome | undefined;
  /** What observers are told that it is about: the framework's own request. */
  request: unknown;
  routeOf: RouteOf | undefined;
  profile: string | undefined;
}

const states = sharedState<RequestSlot<RequestState>>('requests', createRequestSlot);

/** Gives what is known of a request, to add to it. */
export function stateOf(holder: object): RequestState {
  const earlier = states.get(holder);
  if (earlier) return earlier;
  const state: RequestState = {
    facts: undefined,
    shape: undefined,
    authenticator: undefined,
    decision: undefined,
    shown: undefined,
    untold: undefined,
    request: undefined,
    routeOf: undefined,
    profile: undefined,
  };
  states.set(holder, state);
  return state;
}

/** Lets another object lead to what is known of a request: HTTP/2 has a stream and, later, a request. */
export function shareState(holder: object, state: RequestState): void {
  states.set(holder, state);
}

/**
 * Keeps what was decided where guards look for it: not where handlers read it (`req.decision`, `ctx.state`), which is
 * anybody's to write (D5).
 *
 * @param holder The request, the context or the socket that the decision is about.
 */
export function keepDecision(holder: object, decision: Decision): void {
  stateOf(holder).decision = decision;
}

/** Gives what was decided about a request; undefined where nothing of ours has seen it. */
export function keptDecision(holder: object): Decision | undefined {
  return states.get(holder)?.decision;
}

/** Notes what is shown to handlers by whatever they read, where that asks {@link shownDecision}. */
export function showDecision(holder: object, decision: Decision): void {
  stateOf(holder).shown = decision;
}

/** Gives what handlers are shown of a request, also through a `Proxy` of it, or what inherits from it. Nothing for guards (D5). */
export function shownDecision(view: object): Decision | undefined {
  return states.seenThrough(view)?.shown;
}

/** Gives what observers are told that something is about; undefined where nothing of ours has seen the request. */
export function aboutOf(holder: object | undefined): About | undefined {
  return holder && states.get(holder);
}

/** Gives the authenticator that has decided a request last. */
export function authenticatorOf(holder: object): AnyAuthenticator | undefined {
  return states.get(holder)?.authenticator;
}
