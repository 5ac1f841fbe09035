import type { Level, ProbeOutcome, Verdict } from '../settings.js';

/** What is said of a case. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly level: Level;
  readonly says: string;
  readonly headers: readonly string[];
  readonly decision?: ProbeOutcome['decision'];
}

/** It did not get through. */
export function safe(says: string): Judgement {
  return { verdict: 'safe', level: 'none', says, headers: [] };
}

/** Nothing can be told. */
export function unknown(says: string): Judgement {
  return { verdict: 'unknown', level: 'none', says, headers: [] };
}

/** It got through. */
export function leak(level: Level, says: string, headers: readonly string[]): Judgement {
  return { verdict: 'leak', level, says, headers: [...new Set(headers)] };
}
