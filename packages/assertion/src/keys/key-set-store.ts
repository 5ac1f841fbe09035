import { type JsonObject, member } from '../compact/read-json-object.js';
import { refused, showId } from '../refused.js';
import type { Environment } from '../verifier/environment.js';
import { type ChooseKeys, compileKeySet } from './choose-keys.js';
import { createFetchBudget } from './fetch-budget.js';
import { type FetchedText, fetchText } from './fetch-text.js';
import type { KeyEvent } from './key-event.js';
import type { FoundKeys, KeyStore } from './key-store.js';
import { readKeySet } from './read-key-set.js';

const FRESH_SECONDS = { usual: 600, least: 60, most: 3_600 };

export interface KeySetOptions {
  readonly url: string;
  /** How long keys are used after the last answer that had them, in milliseconds; fresh ones are used in any case. */
  readonly maxStaleMs: number;
  readonly emptyKeySet?: string | undefined;
  readonly environment: Environment;
  readonly tell: (event: KeyEvent) => void;
}

interface KeySet {
  readonly choose: ChooseKeys;
  /** Each key as text, to see which came and went. */
  readonly texts: ReadonlySet<string>;
  readonly fetchedAt: number;
  readonly freshMs: number;
}

/**
 * Keeps a key set that is fetched, at most once in 30 seconds whatever came of the last time, and once at a time.
 *
 * A set is asked for again when its time is over (ten minutes, or what `Cache-Control` says, between one minute and an hour); when a token
 * names a key that is not in it; and when none of the keys that a token can be of has signed it, since a new key may have no id, or the id
 * of the old one. While that fails, the keys of before go on, for the time that is set, and no longer. Who has nothing gets
 * `assertion-unavailable`, which is not the user's fault.
 */
export function createKeySetStore(options: KeySetOptions): KeyStore {
  const { url, maxStaleMs, emptyKeySet, environment, tell } = options;
  const { clock } = environment;
  const budget = createFetchBudget(clock);
  let set: KeySet | undefined;
  let problem: string | undefined;
  let fetching: Promise<void> | undefined;
  let version = 0;

  return { ready, find, mark };

  async function ready(): Promise<boolean> {
    await (fetching ?? ask());
    return usable() !== undefined;
  }

  function mark(): number | undefined {
    const known = usable();
    if (!known || mustWait(known)) return undefined;
    if (!isFresh(known)) void ask();
    return version;
  }

  async function find(header: JsonObject): Promise<FoundKeys> {
    const before = usable();
    if (!before || mustWait(before)) await ask();
    else if (!isFresh(before)) void ask();

    const known = usable();
    if (!known) return refused('assertion-unavailable', `no keys from ${url}: ${problem}`);
    const found = await choose(known, header);
    if (found) return found;

    const later = await renewed(known, header);
    if (later) return later;
    const kid = showId(member(header, 'kid'));
    return problem === undefined
      ? refused('assertion-key-unknown', `kid ${kid} is not at ${url}`)
      : refused('assertion-unavailable', `kid ${kid} is not known, and ${url}: ${problem}`);
  }

  /** Has the keys fetched, if it is time, and chooses among those that have come. */
  async function renewed(known: KeySet, header: JsonObject): Promise<FoundKeys | undefined> {
    await ask();
    const now = usable();
    return now && now !== known ? choose(now, header) : undefined;
  }

  async function choose(from: KeySet, header: JsonObject): Promise<FoundKeys | undefined> {
    // Before the keys are chosen: if one of them goes meanwhile, nothing is remembered of it.
    const at = version;
    const keys = await from.choose(header);
    if (keys.length === 0) return undefined;
    return { kind: 'keys', keys, mark: at, later: () => renewed(from, header) };
  }

  function usable(): KeySet | undefined {
    return set && clock() - set.fetchedAt <= Math.max(set.freshMs, maxStaleMs) ? set : undefined;
  }

  function isFresh({ fetchedAt, freshMs }: KeySet): boolean {
    return clock() - fetchedAt <= freshMs;
  }

  /** After a long quiet time keys may have been withdrawn: the first request waits. Where the other side fails, nobody waits again. */
  function mustWait({ fetchedAt, freshMs }: KeySet): boolean {
    return problem === undefined && clock() - fetchedAt > 2 * freshMs;
  }

  /** Fetches, or waits with the others, or does nothing where it is too early. */
  function ask(): Promise<void> {
    if (fetching) return fetching;
    if (!budget.take()) return Promise.resolve();
    fetching = load().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  async function load(): Promise<void> {
    const startedAt = clock();
    const fetched = await fetchText(url, environment);
    problem = fetched.kind === 'text' ? take(fetched, startedAt) : fetched.problem;
    budget.tell(problem === undefined ? 'succeeded' : 'failed');
    if (problem !== undefined) {
      tell({ kind: 'failed', url, problem, keysLeft: usable() !== undefined });
    }
  }

  /** Gives what is wrong with an answer, or keeps what it says. */
  function take({ text, maxAgeSeconds }: FetchedText, startedAt: number): string | undefined {
    const read = readKeySet(text, emptyKeySet);
    if (read.kind === 'failed') return read.problem;
    try {
      keep(read.keys, startedAt, 1_000 * bounded(maxAgeSeconds ?? FRESH_SECONDS.usual));
      return undefined;
    } catch {
      // Whatever is JSON can come here, also what nobody can copy or write out: a list in a list, ten thousand times.
      return 'its keys cannot be read';
    }
  }

  function keep(keys: readonly JsonObject[], fetchedAt: number, freshMs: number): void {
    const texts = new Set(keys.map((key) => JSON.stringify(key)));
    const before = set?.texts ?? new Set<string>();
    const added = [...texts].filter((one) => !before.has(one)).length;
    const removed = [...before].filter((one) => !texts.has(one)).length;
    // jose has imported the keys of the old set: they stay where nothing has changed.
    const choose = set && added + removed === 0 ? set.choose : compileKeySet(keys);
    set = { choose, texts, fetchedAt, freshMs };
    if (removed > 0) version++;
    if (added + removed > 0) tell({ kind: 'changed', url, keys: texts.size, added, removed });
  }
}

function bounded(seconds: number): number {
  return Math.min(FRESH_SECONDS.most, Math.max(FRESH_SECONDS.least, seconds));
}
