/**
 * Makes a function that runs once at a time, of one that cannot be stopped, and may take one of Node's few threads for as long as it
 * likes. While the last run has not come back, another one is an error.
 *
 * @param patienceMs After so many milliseconds a run is given up, and the next one may start; never, unless set.
 */
export function oneAtATime<Args extends readonly unknown[], Result>(
  run: (...args: Args) => Promise<Result>,
  patienceMs = Number.POSITIVE_INFINITY,
): (...args: Args) => Promise<Result> {
  let busyUntil = Number.NEGATIVE_INFINITY;
  return async (...args) => {
    const now = performance.now();
    if (now < busyUntil) throw new Error('the read before has not come back yet');
    const mine = now + patienceMs;
    busyUntil = mine;
    try {
      return await run(...args);
    } finally {
      // One that was given up says nothing about the one after it.
      if (busyUntil === mine) busyUntil = Number.NEGATIVE_INFINITY;
    }
  };
}
