import { performance } from 'node:perf_hooks';

/** Remembers keys for a short while. */
export interface RecentKeys<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  entries(): IterableIterator<[string, T]>;
}

/** What is set is remembered at least this long, and at most twice as long. */
export const GENERATION_MS = 5_000;

/**
 * Makes a short memory: two generations, of which the older is dropped whole. No timer, and nothing but the key is kept.
 *
 * @param onTurn Runs when a generation is over, which is noticed at the next use.
 * @param now Milliseconds of a clock that nobody can set back.
 */
export function createRecentKeys<T>(
  onTurn: () => void = () => undefined,
  now: () => number = () => performance.now(),
): RecentKeys<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  let turnedAt = now();

  function turn(): void {
    const time = now();
    const age = time - turnedAt;
    if (age < GENERATION_MS) return;
    old = age < 2 * GENERATION_MS ? young : new Map();
    young = new Map();
    turnedAt = time;
    onTurn();
  }

  return {
    get(key) {
      turn();
      return young.get(key) ?? old.get(key);
    },
    set(key, value) {
      turn();
      young.set(key, value);
    },
    delete(key) {
      turn();
      young.delete(key);
      old.delete(key);
    },
    *entries() {
      turn();
      yield* old;
      yield* young;
    },
  };
}
