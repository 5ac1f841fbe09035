import { isSeen } from '../case-titles.js';
import type { Level, ProbeOutcome, ProbePlace, ProbeResult } from '../settings.js';

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

/** Not where the receiver was never met, where a path has told too little (see {@link unprovenPlaces}), or more than half was left out. */
export function isProven(result: ProbeResult): boolean {
  const { receiver, outcomes, leftOut } = result;
  if (receiver !== 'met' || outcomes.length === 0) return false;
  return leftOut.length <= tried(outcomes).length && unprovenPlaces(result).length === 0;
}

/** The paths, each from its side, where more than half of what was tried has told nothing, or of which nothing was tried any more. */
export function unprovenPlaces({ places, outcomes, leftOut }: ProbeResult): readonly ProbePlace[] {
  return places.filter(({ vantage, path }) => {
    const isHere = (one: Pick<ProbePlace, 'vantage' | 'path'>): boolean =>
      one.vantage === vantage && one.path === path;
    const here = tried(outcomes).filter(isHere);
    if (here.length === 0) return leftOut.some(isHere);
    return here.filter(({ verdict }) => verdict === 'unknown').length * 2 > here.length;
  });
}

function tried(outcomes: readonly ProbeOutcome[]): readonly ProbeOutcome[] {
  return outcomes.filter(({ id }) => !isSeen(id));
}
