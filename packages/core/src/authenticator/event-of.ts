import type { Decision } from '../decision.js';
import type { About, DecisionEvent, EventReason, Told } from './decision-event.js';
import { quietly } from './quietly.js';

/**
 * Makes the event of what there is to tell. All observers are told the same one, and requests may share what is in it: nobody may
 * change it. The request in it is the framework's, and stays what it is.
 *
 * @param reason Where what is told has none of its own.
 * @param now The wall clock, in milliseconds.
 */
export function eventOf(
  told: Told,
  about?: About,
  reason?: EventReason,
  now: () => number = () => Date.now(),
): DecisionEvent {
  const why = told.denied ?? told.ignored ?? refusalIn(told) ?? { reason, detail: undefined };
  const route = about && routeOf(about);
  const profile = told.profile ?? about?.profile;
  for (const warning of told.warnings) Object.freeze(warning);
  Object.freeze(told.warnings);
  return Object.freeze({
    ...told,
    decision: copyOf(told.decision),
    time: now(),
    ...(why.reason !== undefined && { reason: why.reason }),
    ...(why.detail !== undefined && { detail: why.detail }),
    ...(about?.request !== undefined && { request: about.request }),
    ...(route !== undefined && { route }),
    ...(profile !== undefined && { profile }),
  });
}

/** What an observer makes of a decision must not reach the one by which everybody else goes; that one is not frozen for being told. */
function copyOf(decision: Decision): Decision {
  if (decision.kind !== 'authenticated') return Object.freeze({ ...decision });
  const { extra, ...identity } = decision.identity;
  const copied = { ...identity, ...(extra && { extra: Object.freeze({ ...extra }) }) };
  return Object.freeze({ ...decision, identity: Object.freeze(copied) });
}

function refusalIn({ decision }: Told) {
  return decision.kind === 'refused' ? decision : undefined;
}

/** What the framework makes of its own request must not cost the event. */
function routeOf({ request, routeOf: read }: About): string | undefined {
  let route: unknown;
  quietly(() => {
    route = read?.(request);
  });
  return typeof route === 'string' ? route : undefined;
}
