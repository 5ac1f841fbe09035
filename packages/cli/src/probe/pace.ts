import { setTimeout as pause } from 'node:timers/promises';

/** Makes a function that returns at most so many times a second. */
export function pacer(perSecond: number): () => Promise<void> {
  const everyMs = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const wait = next - now;
    next = Math.max(now, next) + everyMs;
    if (wait > 0) await pause(wait);
  };
}
