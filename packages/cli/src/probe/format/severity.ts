import { isSeen } from '../case-titles.js';
import type { Level, ProbePlace, ProbeResult } from '../settings.js';

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

/** Not where the receiver was never met, nor where a path has told too little: see {@link unprovenPlaces}. */
export function isProven(result: ProbeResult): boolean {
  return (
    result.receiver === 'met' && result.outcomes.length > 0 && unprovenPlaces(result).length === 0
  );
}

/** The paths, each from its side, where more than half of what was to be tried has told nothing, or was left out. */
export function unprovenPlaces({ places, outcomes, leftOut }: ProbeResult): readonly ProbePlace[] {
  return places.filter(({ vantage, path }) => {
    const isHere = (one: Pick<ProbePlace, 'vantage' | 'path'>): boolean =>
      one.vantage === vantage && one.path === path;
    const tried = outcomes.filter((one) => isHere(one) && !isSeen(one.id));
    const left = leftOut.filter(isHere).length;
    const untold = tried.filter(({ verdict }) => verdict === 'unknown').length + left;
    return untold * 2 > tried.length + left;
  });
}
