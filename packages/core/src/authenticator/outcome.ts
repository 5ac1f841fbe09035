import type {
  Anonymous,
  Decision,
  DecisionWarning,
  RefusalReason,
  Refused,
  TrustedSource,
} from '../decision.js';
import type { Told } from './decision-event.js';

/** A decision, and what is to be told with it. */
export interface Outcome extends Told {
  /** The user as a malformed claim from the proxy writes them, where the log may name users. No part of an event. */
  readonly userText?: string | undefined;
  /** Where it comes from, for who has another proof to ask for. No part of an event. */
  readonly source?: TrustedSource | undefined;
}

// Requests share these, so that nobody may change them.
export const NO_WARNINGS: readonly DecisionWarning[] = Object.freeze([]);
export const ANONYMOUS_UNTRUSTED = outcome(
  Object.freeze<Anonymous>({ kind: 'anonymous', trusted: false }),
);
/** Through the proxy, and known there to be nobody (H13). That is no news to anybody. */
export const SIGNED_OUT = outcome(Object.freeze<Anonymous>({ kind: 'anonymous', trusted: true }));

/** A decision about which nothing else is to be told. */
/* @__NO_SIDE_EFFECTS__ */ export function outcome(decision: Decision): Outcome {
  return { decision, warnings: NO_WARNINGS };
}

/** The outcome that is this refusal. */
export function refuse(...why: Parameters<typeof refusal>): Outcome {
  return outcome(refusal(...why));
}

/** Words a refusal, without what is not known. */
export function refusal(
  reason: RefusalReason,
  peer: string | undefined,
  field?: { readonly header?: string },
  detail?: string,
): Refused {
  return {
    kind: 'refused',
    reason,
    ...(field?.header !== undefined && { header: field.header }),
    ...(peer !== undefined && { peer }),
    ...(detail !== undefined && { detail }),
  };
}
