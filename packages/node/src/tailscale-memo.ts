import { performance } from 'node:perf_hooks';

/** Keeps answers for a short time. */
export interface Memo<Value> {
  /** Gives the answer that is kept or on its way, else asks. `ask` must not reject. */
  find(key: string, ask: () => Promise<Value>): Promise<Value>;
}

interface Kept<Value> {
  readonly answer: Promise<Value>;
  /** Infinity while the answer is on its way. */
  until: number;
}

/**
 * Makes a memory of answers: whoever asks the same while an answer is on its way, or is younger than `ms`, gets that one. The oldest
 * goes when there are more than `most`.
 *
 * @param keeps Tells which answers are kept; others are for those who were already waiting for them.
 * @param now Milliseconds of a clock that nobody can set back.
 */
export function createMemo<Value>(
  ms: number,
  most: number,
  keeps: (value: Value) => boolean,
  now = (): number => performance.now(),
): Memo<Value> {
  const kept = new Map<string, Kept<Value>>();

  function start(key: string, ask: () => Promise<Value>): Kept<Value> {
    const entry: Kept<Value> = {
      until: Number.POSITIVE_INFINITY,
      answer: ask().then((value) => {
        entry.until = keeps(value) ? now() + ms : 0;
        return value;
      }),
    };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return entry;
  }

  return {
    find(key, ask) {
      const known = kept.get(key);
      return (known && now() < known.until ? known : start(key, ask)).answer;
    },
  };
}
