import type { DecisionEvent } from '@trusted-header/core';

/** Gives what a structured log says of an event beside the line: what can be searched for, and no header value. */
export function fieldsOf(event: DecisionEvent): Readonly<Record<string, unknown>> {
  const { reason, detail, route, decision, ignored, warnings } = event;
  const refused = ignored ?? (decision.kind === 'refused' ? decision : undefined);
  const given = Object.entries({
    code: reason,
    peer: refused?.peer,
    header: refused?.header,
    detail,
    route,
    warnings: warnings.length > 0 ? warnings : undefined,
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
