/** Says which log lines may be written. */
export interface LineLimiter {
  /** Gives undefined for a line to be left out, else how many like it were left out since the last one. */
  admit(key: string): { readonly suppressed: number } | undefined;
}

const WINDOW_MS = 60_000;

/** Keys kept at a time. Past it, further keys share one line a window: an attacker has many addresses, we have one log. */
const MOST_KEYS = 256;

const OVERFLOW = '*';

/** The time after a line in which others like it are left out. */
interface Window {
  readonly startedAt: number;
  suppressed: number;
}

/**
 * Makes a limiter that admits one line per key and minute, in bounded memory.
 *
 * @param now A clock in milliseconds that never steps back (D3): the wall clock does, and would silence a key, or open it.
 */
export function createLineLimiter(now: () => number = () => performance.now()): LineLimiter {
  const windows = new Map<string, Window>();

  return { admit };

  function admit(key: string): { readonly suppressed: number } | undefined {
    const time = now();
    const slot = windows.has(key) || makeRoom(time) ? key : OVERFLOW;
    const window = windows.get(slot);
    if (window && !isOver(window, time)) {
      window.suppressed++;
      return undefined;
    }
    windows.set(slot, { startedAt: time, suppressed: 0 });
    return { suppressed: window?.suppressed ?? 0 };
  }

  /** Forgets windows that are over, once there are too many. The overflow slot stays, so that its count is told. */
  function makeRoom(time: number): boolean {
    if (windows.size < MOST_KEYS) return true;
    for (const [key, window] of windows) {
      if (isOver(window, time) && key !== OVERFLOW) windows.delete(key);
    }
    return windows.size < MOST_KEYS;
  }
}

function isOver({ startedAt }: Window, time: number): boolean {
  return time >= startedAt + WINDOW_MS;
}
