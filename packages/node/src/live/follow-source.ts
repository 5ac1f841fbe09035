import type { LiveLists } from '@trusted-header/core';
import { type Clock, systemClock } from './clock.js';
import type { Reading, Source } from './source.js';
import type { TrustListEvent, TrustListState, TrustListStatus } from './trust-list-event.js';

/** A source that is being read again and again. */
export interface Following {
  /** Resolves when it has been read once, or could not be. */
  readonly first: Promise<void>;
  status(): TrustListStatus;
  /** Reads it soon: now, if the last read is long enough ago. */
  hurry(): void;
  /** Stops. What was provided stays until somebody provides something else. */
  close(): void;
}

/** One that has failed is said again no sooner than that, unless something else has changed. */
const QUIET_MS = 60_000;

/**
 * Follows a source: reads it again and again, and provides what it names. On failure what was read last is believed for a bounded
 * time, and then goes (L1). Keeps no process alive, and rejects never.
 */
export function followSource(
  source: Source,
  provide: LiveLists['provide'],
  tell: (event: TrustListEvent) => void,
  clock: Clock = systemClock,
): Following {
  const { name, timing, isEdited } = source;
  let state: TrustListState = 'failed';
  let entries: readonly string[] = [];
  let provided: readonly string[] | undefined;
  let because: string | undefined;
  let failures = 0;
  let isReading = false;
  let isHurried = false;
  let isClosed = false;
  let readAt = Number.NEGATIVE_INFINITY;
  let toldAt = Number.NEGATIVE_INFINITY;
  let emptySince: string | undefined;
  let cancelNext = () => {};
  let cancelExpiry = () => {};
  let cancelRead = () => {};
  let settleFirst = () => {};
  const first = new Promise<void>((resolve) => {
    settleFirst = resolve;
  });

  provide(name, [], lackText());
  const stopObserving = source.observe?.(hurry);
  void readNow();

  return {
    first,
    hurry,
    status: () => ({ source: name, state, entries, ...(because !== undefined && { because }) }),
    close() {
      isClosed = true;
      cancelNext();
      cancelExpiry();
      cancelRead();
      stopObserving?.();
      settleFirst();
    },
  };

  function hurry(): void {
    if (isReading) isHurried = true;
    else schedule(readAt + timing.leastMs - clock.now());
  }

  function schedule(ms: number): void {
    cancelNext();
    if (!isClosed) cancelNext = clock.after(Math.max(ms, 0), () => void readNow());
  }

  async function readNow(): Promise<void> {
    isReading = true;
    let nextMs: number;
    try {
      const reading = await inTime();
      if (isClosed) return;
      succeed(reading);
      nextMs = reading.nextMs;
    } catch (error) {
      if (isClosed) return;
      fail(oneLine(error));
      nextMs = Math.min(timing.retryMs * 2 ** Math.min(failures - 1, 20), timing.mostRetryMs);
    } finally {
      isReading = false;
      readAt = clock.now();
      settleFirst();
    }
    schedule(isHurried ? timing.leastMs : nextMs);
    isHurried = false;
  }

  /** A read that never comes back must not be waited for. */
  function inTime(): Promise<Reading> {
    const controller = new AbortController();
    return new Promise((resolve, reject) => {
      const cancel = clock.after(timing.timeoutMs, () => {
        controller.abort();
        reject(new Error(`no answer within ${timing.timeoutMs / 1000} s`));
      });
      cancelRead = () => {
        cancel();
        controller.abort();
      };
      source.read(controller.signal).then(resolve, reject).finally(cancel);
    });
  }

  function succeed({ entries: read, none }: Reading): void {
    // May throw: what is not believed is as good as no answer.
    const next = read === provided ? entries : provide(name, read);
    provided = read;
    failures = 0;
    cancelExpiry();
    const isNone = next.length === 0;
    if (!isNone && timing.keepMs < Number.POSITIVE_INFINITY) {
      cancelExpiry = clock.after(timing.keepMs, expire);
    }
    become(isNone ? 'failed' : 'fresh', next, isNone ? none : undefined);
  }

  function fail(why: string): void {
    failures += 1;
    become(entries.length > 0 ? 'stale' : 'failed', entries, why);
  }

  /** Nobody has answered for too long. */
  function expire(): void {
    provided = undefined;
    become('failed', [], because);
  }

  function become(nextState: TrustListState, next: readonly string[], why: string | undefined) {
    const added = without(next, entries);
    const removed = without(entries, next);
    const isNews =
      nextState !== state ||
      added.length + removed.length > 0 ||
      (why !== because && (isEdited || clock.now() - toldAt >= QUIET_MS));
    if (next.length === 0 && entries.length > 0) emptySince = new Date().toISOString();
    state = nextState;
    entries = next;
    because = why;
    if (next.length === 0) provide(name, [], lackText(why));
    if (!isNews) return;
    toldAt = clock.now();
    tell({
      source: name,
      state,
      entries,
      added,
      removed,
      ...(because !== undefined && { because }),
    });
  }

  function lackText(why?: string): string {
    const what = emptySince === undefined ? 'has no addresses yet' : `has none since ${emptySince}`;
    return why === undefined ? what : `${what}: ${why}`;
  }
}

/** A file may hold thousands: each of them is looked for in a set. */
function without(entries: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return entries.filter((entry) => !known.has(entry));
}

const LONGEST_REASON = 300;

/** An error of the list's has a line for each bad entry, and what is told is one line. */
function oneLine(error: unknown): string {
  const [first = '', ...more] = (error instanceof Error ? error.message : String(error)).split(
    /[\r\n]+/,
  );
  const rest = more.length > 0 ? ` and ${more.length} more such` : '';
  return first.slice(0, LONGEST_REASON) + rest;
}
