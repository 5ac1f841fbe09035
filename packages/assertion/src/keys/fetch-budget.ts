/** The shortest time from the start of one fetch to the start of the next, whatever came of it. */
export const FETCH_INTERVAL_MS = 30_000;

/** The same after two failures on end. */
const BACKED_OFF_MS = 60_000;

/** Says when keys may be asked for again. An attacker who makes up key ids decides nothing here. */
export interface FetchBudget {
  /** Takes the place of the next fetch, if there is one now. */
  take(): boolean;
  /** Whether `take` would give one. */
  isFree(): boolean;
  tell(outcome: 'succeeded' | 'failed'): void;
}

/** @param clock Milliseconds that never step back. */
export function createFetchBudget(clock: () => number): FetchBudget {
  let lastStart = Number.NEGATIVE_INFINITY;
  let failures = 0;

  return { take, isFree, tell };

  function isFree(): boolean {
    return clock() - lastStart >= (failures > 1 ? BACKED_OFF_MS : FETCH_INTERVAL_MS);
  }

  function take(): boolean {
    if (!isFree()) return false;
    lastStart = clock();
    return true;
  }

  function tell(outcome: 'succeeded' | 'failed'): void {
    failures = outcome === 'failed' ? failures + 1 : 0;
  }
}
