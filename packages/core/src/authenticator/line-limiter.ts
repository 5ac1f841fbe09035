/** Says which log lines may be written. */
export interface LineLimiter {
  /** Gives undefined for a line to be left out, else how many like it were left out since the last one. */
  admit(key: string): { readonly suppressed: number } | undefined;
}

const WINDOW_MS = 60_000;

/** Keys kept at a time. Past it, further keys share one line a window: an attacker has many addresses, we have one log. */
const MOST_KEYS = 256;

const OVERFLOW = '*';

/** Makes a limiter that admits one line per key and minute, in bounded memory. */
export function createLineLimiter(now: () => number = Date.now): LineLimiter {
  const windows = new Map<string, { endsAt: number; suppressed: number }>();

  return { admit };

  function admit(key: string): { readonly suppressed: number } | undefined {
    const time = now();
    const slot = windows.has(key) || makeRoom(time) ? key : OVERFLOW;
    const window = windows.get(slot);
    if (window && time < window.endsAt) {
      window.suppressed++;
      return undefined;
    }
    windows.set(slot, { endsAt: time + WINDOW_MS, suppressed: 0 });
    return { suppressed: window?.suppressed ?? 0 };
  }

  /** Forgets windows that are over, once there are too many. The overflow slot stays, so that its count is told. */
  function makeRoom(time: number): boolean {
    if (windows.size < MOST_KEYS) return true;
    for (const [key, { endsAt }] of windows) {
      if (endsAt <= time && key !== OVERFLOW) windows.delete(key);
    }
    return windows.size < MOST_KEYS;
  }
}
