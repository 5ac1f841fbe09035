import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/live/clock.js';

/** A clock that goes on when the test says so. */
export interface FakeClock extends Clock {
  /** Lets so many milliseconds go by, timer by timer, and what they begin come to its end. */
  pass(ms: number): Promise<void>;
}

export function createFakeClock(): FakeClock {
  let time = 0;
  const timers = new Map<object, { readonly at: number; readonly run: () => void }>();

  return {
    now: () => time,
    after(ms, run) {
      const key = {};
      timers.set(key, { at: time + ms, run });
      return () => {
        timers.delete(key);
      };
    },
    async pass(ms) {
      const end = time + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
        if (!next || next[1].at > end) break;
        timers.delete(next[0]);
        time = Math.max(time, next[1].at);
        next[1].run();
        await settle();
      }
      time = end;
    },
  };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await turn();
}
