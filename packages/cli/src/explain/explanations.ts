import type { Entries, ExplainedCode, Explanation, ExplanationKind } from './explanation.js';
import { REFUSALS_OF_PEERS } from './refusals-of-peers.js';

/** All codes, and what each of them means: what `trusted-header explain` and the site show. */
export const explanations: readonly Explanation[] = [...listed('refusal', REFUSALS_OF_PEERS)];

function listed<Code extends ExplainedCode>(
  kind: ExplanationKind,
  entries: Entries<Code>,
): Explanation[] {
  const list: Explanation[] = [];
  for (const code in entries) list.push({ code, kind, ...entries[code] });
  return list;
}
