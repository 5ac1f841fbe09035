import type { ProbeCaseId } from './case-id.js';
import { CASES } from './cases/index.js';

/** What a case is called, and the rules that it is about. */
export interface CaseTitle {
  readonly id: ProbeCaseId;
  readonly title: string;
  readonly rule: string;
}

/** What the control request shows by itself. */
const SEEN: readonly CaseTitle[] = [
  { id: 'TH-P-PEER', title: 'whether the application trusts its peer', rule: 'T1' },
  { id: 'TH-P-PLACEHOLDER', title: 'variables that the proxy did not fill in', rule: 'H4' },
  { id: 'TH-P-METHOD', title: 'another method', rule: 'A3' },
];

/** Tells whether a case needs no request of its own: it is in every run. */
export function isSeen(id: string): boolean {
  return id !== 'TH-P-METHOD' && SEEN.some((one) => one.id === id);
}

/** All that a report can name. */
export const CASE_TITLES: readonly CaseTitle[] = [
  ...SEEN,
  ...CASES.map(({ id, title, rule }) => ({ id, title, rule })),
];

/** Finds what a case is called. */
export function titleOf(id: ProbeCaseId): CaseTitle {
  return CASE_TITLES.find((one) => one.id === id) ?? { id, title: id, rule: '' };
}
