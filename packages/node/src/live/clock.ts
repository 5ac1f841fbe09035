/** Time, as sources are followed by. */
export interface Clock {
  /** Milliseconds, by a clock that never steps back. */
  now(): number;
  /** Calls back after so many milliseconds, unless the function that it gives is called first. Keeps no process alive. */
  after(ms: number, run: () => void): () => void;
}

/** The process's own. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};
