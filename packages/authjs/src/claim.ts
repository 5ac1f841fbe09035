import { type ConfigIssue, configIssue, type Decision } from '@trusted-header/core';
import { stillBound } from '@trusted-header/login';

/** Where a token says whom it belongs to. Sessions of other providers have none. */
export const CLAIM = 'trustedHeader';

/** How a claim is compared. */
export interface ComparisonOptions {
  /** Tells how it was decided who is asking, of the request that is being answered: `getDecision` of `@trusted-header/nextjs`. */
  readonly getDecision: () => Promise<Decision | { readonly kind: 'undecided' }>;
  /**
   * What becomes of a session while the proxy names nobody. Default `end`. `keep` is for applications of which only the sign-in is
   * behind the proxy: **a copied cookie then works until the session's own end, from anywhere.**
   */
  readonly onMissing?: 'end' | 'keep';
}

/** Makes what tells whether a token's claim is still that of whom the proxy names. Where nothing has been decided, it is nobody's. */
export function compileComparison({
  getDecision,
  onMissing,
}: ComparisonOptions): (claim: unknown) => Promise<boolean> {
  return async (claim) => {
    const decision = await getDecision();
    if (decision.kind === 'undecided') return false;
    return stillBound(claim, decision, onMissing ? { onMissing } : {});
  };
}

/** Names what is wrong with the options. */
export function comparisonIssues(options: {
  readonly getDecision: unknown;
  readonly onMissing?: unknown;
}): ConfigIssue[] {
  const { getDecision, onMissing } = options;
  const issues: ConfigIssue[] = [];
  if (typeof getDecision !== 'function') {
    const instead = 'write getDecision of @trusted-header/nextjs';
    issues.push(configIssue('getDecision', getDecision, 'is no function', instead));
  }
  if (onMissing !== undefined && onMissing !== 'end' && onMissing !== 'keep') {
    issues.push(configIssue('onMissing', onMissing, 'is not a choice', "write 'end' or 'keep'"));
  }
  return issues;
}
