import type { RefusalReason } from '@trusted-header/core';
import type { Finding } from '../audit/finding.js';
import type { ProbeCaseId } from '../probe/case-id.js';
import { ANSWERS } from './answers.js';
import { AUDIT_OF_DEPLOYMENTS } from './audit-of-deployments.js';
import { AUDIT_OF_LISTS } from './audit-of-lists.js';
import { AUDIT_OF_NETWORKS } from './audit-of-networks.js';
import { CONFIGURATION } from './configuration.js';
import { DENIALS } from './denials.js';
import type { Entries, ExplainedCode, Explanation, ExplanationKind } from './explanation.js';
import { PROBE_OF_HEADERS } from './probe-of-headers.js';
import { PROBE_OF_OTHERS } from './probe-of-others.js';
import { PROBE_OF_REQUESTS } from './probe-of-requests.js';
import { REFUSALS_OF_HEADERS } from './refusals-of-headers.js';
import { REFUSALS_OF_PEERS } from './refusals-of-peers.js';
import { REFUSALS_OF_PROOFS } from './refusals-of-proofs.js';
import { REFUSALS_OF_REQUESTS } from './refusals-of-requests.js';
import { WARNINGS } from './warnings.js';

/** All codes, and what each of them means: what `npx @trusted-header/cli explain` and the site show. */
export const explanations: readonly Explanation[] = [
  ...listed('answer', ANSWERS),
  ...listed('refusal', {
    ...REFUSALS_OF_PEERS,
    ...REFUSALS_OF_HEADERS,
    ...REFUSALS_OF_REQUESTS,
    ...REFUSALS_OF_PROOFS,
  } satisfies Entries<RefusalReason>),
  ...listed('denial', DENIALS),
  ...listed('warning', WARNINGS),
  ...listed('configuration', CONFIGURATION),
  ...listed('audit', {
    ...AUDIT_OF_LISTS,
    ...AUDIT_OF_NETWORKS,
    ...AUDIT_OF_DEPLOYMENTS,
  } satisfies Entries<Finding['code']>),
  ...listed('probe', {
    ...PROBE_OF_HEADERS,
    ...PROBE_OF_REQUESTS,
    ...PROBE_OF_OTHERS,
  } satisfies Entries<ProbeCaseId>),
];

function listed<Code extends ExplainedCode>(
  kind: ExplanationKind,
  entries: Entries<Code>,
): Explanation[] {
  const list: Explanation[] = [];
  for (const code in entries) list.push({ code, kind, ...entries[code] });
  return list;
}
