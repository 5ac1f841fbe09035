import { isSeen } from '../case-titles.js';
import type { Level, ProbeResult } from '../settings.js';

/** From which level on a finding makes the command fail. */
export type FailOn = 'error' | 'warning';

const RANKS: Readonly<Record<Level, number>> = { none: 0, note: 1, warning: 2, error: 3 };

/** Tells whether a finding is as bad as that, or worse. */
export function isAtLeast(level: Level, failOn: FailOn): boolean {
  return RANKS[level] >= RANKS[failOn];
}

/** How a run ends: 0 clean, 1 findings, 2 little could be proven. */
export function exitCodeOf(result: ProbeResult, failOn: FailOn): 0 | 1 | 2 {
  if (result.outcomes.some(({ level }) => isAtLeast(level, failOn))) return 1;
  return isProven(result) ? 0 : 2;
}

/** Not where the receiver was expected and never met, nor where more than half of what was tried in front of it has told nothing. */
export function isProven({ receiver, places, outcomes }: ProbeResult): boolean {
  if (receiver !== 'met') return receiver === 'not-asked';
  return places.every(({ vantage, path, met }) => {
    const tried = outcomes.filter(
      (one) => one.vantage === vantage && one.path === path && !isSeen(one.id),
    );
    const untold = tried.filter(({ verdict }) => verdict === 'unknown');
    return !met || untold.length * 2 <= tried.length;
  });
}
