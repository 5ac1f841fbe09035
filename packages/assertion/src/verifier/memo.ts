import type { Verdict } from '@trusted-header/core';
import type { JsonObject } from '../compact/read-json-object.js';
import { createRecent } from '../keys/recent.js';

/** What was verified, and until when that is good. */
export interface Verified {
  readonly verdict: Verdict;
  readonly header: JsonObject;
  /** Seconds since 1970. */
  readonly until: number;
  /** Of the key store: another one now means that a key is gone. */
  readonly mark: number;
}

/** Remembers verified tokens by their text, the latest thousand. What was refused is never remembered: it would push others out. */
export interface Memo {
  get(token: string): Verified | undefined;
  set(token: string, verified: Verified): void;
}

export function createMemo(
  now: () => number,
  markOf: (header: JsonObject) => number | undefined,
  most: number,
): Memo {
  const kept = createRecent<Verified>(most);
  return {
    get(token) {
      const verified = kept.get(token);
      if (!verified) return undefined;
      if (now() < verified.until && markOf(verified.header) === verified.mark) return verified;
      kept.delete(token);
      return undefined;
    },
    set: kept.set,
  };
}
