import type { Attributes } from '@opentelemetry/api';
import type { DecisionEvent } from '@trusted-header/core';

/** Gives what a decision is counted by: codes and configuration, nothing of a request. */
export function countedAttributes({
  decision,
  denied,
  reason,
  profile,
}: DecisionEvent): Attributes {
  return {
    'trusted_header.decision': denied ? 'denied' : decision.kind,
    ...(reason !== undefined && { 'error.type': reason }),
    ...(profile !== undefined && { 'trusted_header.profile': profile }),
  };
}

/** Gives what a span says of a decision: the same, and the TCP peer of a request that is refused. */
export function spanAttributes(event: DecisionEvent): Attributes {
  const { decision, ignored } = event;
  const refused = ignored ?? (decision.kind === 'refused' ? decision : undefined);
  return {
    ...countedAttributes(event),
    ...(refused?.peer !== undefined && { 'network.peer.address': refused.peer }),
  };
}
