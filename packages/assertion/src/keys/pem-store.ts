import { type JsonObject, member } from '../compact/read-json-object.js';
import { importSPKI } from '../jose.js';
import { refused, showId } from '../refused.js';
import type { Environment } from '../verifier/environment.js';
import { createFetchBudget } from './fetch-budget.js';
import { fetchText } from './fetch-text.js';
import type { KeyEvent } from './key-event.js';
import type { FoundKeys, KeyStore, VerifyKey } from './key-store.js';
import { createRecent } from './recent.js';
import { createSightings } from './sightings.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FRESH_MS = 3_600_000;
const ABSENT_MS = 3_600_000;
/** So long an address must say that it has not what it had: a firewall's 403 is no rotation. */
const GONE_MS = 600_000;
const MOST_KEYS = 16;
const MOST_ABSENT = 1_024;

export interface PemOptions {
  /** Without a slash at the end; the key's id is appended. */
  readonly url: string;
  readonly alg: string;
  readonly maxStaleMs: number;
  readonly environment: Environment;
  readonly tell: (event: KeyEvent) => void;
}

interface PemKey {
  readonly key: VerifyKey;
  readonly pem: string;
  readonly fetchedAt: number;
  /** Another one for every other key, also under the same id. */
  readonly mark: number;
  /** Since when its address says that it is not there. */
  readonly goneSince?: number;
}

/**
 * Keeps keys that are fetched one by one, by their ids, as those of AWS are: 16 of them, and one fetch in 30 seconds for all together.
 *
 * Refuses an id that is no UUID before an address is made of it. Where several unknown ids wait, the one that was asked for most is fetched
 * (see {@link createSightings}); the others get `assertion-unavailable`, since nobody has looked yet. An id that is not there is
 * `assertion-key-unknown`, and is not asked for again for an hour. A key that was there goes when its address says so again, ten minutes or more after it first did.
 */
export function createPemStore({ url, alg, maxStaleMs, environment, tell }: PemOptions): KeyStore {
  const { clock } = environment;
  const budget = createFetchBudget(clock);
  const sightings = createSightings();
  const known = createRecent<PemKey>(MOST_KEYS);
  const absent = createRecent<number>(MOST_ABSENT);
  let fetching: { readonly kid: string; readonly done: Promise<void> } | undefined;
  let problem: string | undefined;
  let marks = 0;

  // Which keys there are, only tokens tell.
  return { ready: async () => true, find, mark };

  function mark(header: JsonObject): number | undefined {
    const kid = member(header, 'kid');
    const key = typeof kid === 'string' ? usable(kid) : undefined;
    if (!key || typeof kid !== 'string') return undefined;
    if (clock() - key.fetchedAt > FRESH_MS) void ask(kid);
    return key.mark;
  }

  async function find(header: JsonObject): Promise<FoundKeys> {
    const kid = member(header, 'kid');
    if (typeof kid !== 'string' || !UUID.test(kid)) {
      return refused('assertion-key-unknown', `kid ${showId(kid)} is no UUID`);
    }
    const before = usable(kid);
    if (!before) await ask(kid);
    else if (clock() - before.fetchedAt > FRESH_MS) void ask(kid);
    const found = usable(kid);
    if (found) return { kind: 'keys', keys: [found.key], mark: found.mark };
    return isAbsent(kid)
      ? refused('assertion-key-unknown', `kid ${kid} is not at ${url}/`)
      : refused(
          'assertion-unavailable',
          `kid ${kid} waits to be fetched from ${url}/${problem === undefined ? '' : `, which fails: ${problem}`}`,
        );
  }

  function usable(kid: string): PemKey | undefined {
    const key = known.get(kid);
    return key && clock() - key.fetchedAt <= Math.max(FRESH_MS, maxStaleMs) ? key : undefined;
  }

  function isAbsent(kid: string): boolean {
    const since = absent.get(kid);
    return since !== undefined && clock() - since <= ABSENT_MS;
  }

  async function ask(kid: string): Promise<void> {
    if (isAbsent(kid)) return;
    sightings.add(kid);
    if (!fetching && budget.take()) {
      const chosen = sightings.most() ?? kid;
      const done = load(chosen).finally(() => {
        fetching = undefined;
      });
      fetching = { kid: chosen, done };
    }
    if (fetching?.kid === kid) await fetching.done;
  }

  async function load(kid: string): Promise<void> {
    const address = `${url}/${kid}`;
    const startedAt = clock();
    const fetched = await fetchText(address, environment);
    sightings.drop(kid);
    const before = usable(kid);
    // A bucket says 403 of what it does not have.
    const isGone = fetched.kind === 'failed' && (fetched.status === 404 || fetched.status === 403);
    if (isGone && (!before || startedAt - (before.goneSince ?? startedAt) >= GONE_MS)) {
      problem = undefined;
      budget.tell('succeeded');
      absent.set(kid, clock());
      forget(kid);
      return;
    }
    if (isGone && before) known.set(kid, { ...before, goneSince: before.goneSince ?? startedAt });
    const key = fetched.kind === 'text' ? await importPem(fetched.text, alg) : undefined;
    if (fetched.kind === 'failed' || !key) {
      problem = fetched.kind === 'failed' ? fetched.problem : 'no public key in PEM';
      budget.tell('failed');
      tell({ kind: 'failed', url: address, problem, keysLeft: usable(kid) !== undefined });
      return;
    }
    problem = undefined;
    budget.tell('succeeded');
    const isSame = before?.pem === fetched.text;
    const mark = isSame ? before.mark : ++marks;
    known.set(kid, { key, pem: fetched.text, fetchedAt: startedAt, mark });
    if (isSame) return;
    tell({ kind: 'changed', url: address, keys: 1, added: 1, removed: before ? 1 : 0 });
  }

  function forget(kid: string): void {
    if (!known.get(kid)) return;
    known.delete(kid);
    tell({ kind: 'changed', url: `${url}/${kid}`, keys: 0, added: 0, removed: 1 });
  }
}

async function importPem(pem: string, alg: string): Promise<VerifyKey | undefined> {
  try {
    return await importSPKI(pem, alg);
  } catch {
    return undefined;
  }
}
