import type { Level, ProbeResult } from '../settings.js';

/** From which level on a finding makes the command fail. */
export type FailOn = 'error' | 'warning';

const RANKS: Readonly<Record<Level, number>> = { none: 0, note: 1, warning: 2, error: 3 };

/** Tells whether a finding is as bad as that, or worse. */
export function isAtLeast(level: Level, failOn: FailOn): boolean {
  return RANKS[level] >= RANKS[failOn];
}

/** How a run ends: 0 clean, 1 findings, 2 nothing could be proven, since the receiver was expected and never met. */
export function exitCodeOf({ outcomes, receiver }: ProbeResult, failOn: FailOn): 0 | 1 | 2 {
  if (outcomes.some(({ level }) => isAtLeast(level, failOn))) return 1;
  return receiver === 'not-met' ? 2 : 0;
}
