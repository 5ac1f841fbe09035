import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Observe, Sighting } from '../target.js';
import { type HeaderEntry, headerEntries } from './header-entries.js';

/** What was seen by one run of a handler. */
export interface Observation {
  readonly decision: unknown;
  readonly identity: unknown;
  readonly seen: Readonly<Record<string, readonly HeaderEntry[]>>;
  readonly body: string | undefined;
  /** The second look showed the same user as the first. */
  readonly isSteady: boolean;
}

/** Collects what handlers see. */
export interface Observer {
  readonly observe: Observe;
  /** One per run of a handler. */
  readonly observations: readonly Observation[];
  /** The most handlers that ran at the same time, since {@link reset}. */
  mostAtOnce(): number;
  /**
   * @param delayMs The longest wait between two looks.
   * @param least Handlers wait for so many to have run at once, as long as {@link PATIENCE_MS}: on a busy machine requests come late.
   */
  reset(delayMs: number, least?: number): void;
}

/** How long handlers wait for others. */
const PATIENCE_MS = 5_000;

/** Makes an observer: handlers answer with its JSON, which names the observation that it is about. */
export function createObserver(): Observer {
  const observations: Observation[] = [];
  let delay = 0;
  let running = 0;
  let most = 0;
  let wanted = 0;

  return {
    observe,
    observations,
    mostAtOnce: () => most,
    reset(delayMs, least = 0) {
      delay = delayMs;
      most = running;
      wanted = least;
    },
  };

  async function observe(look: () => Sighting, body?: string): Promise<string> {
    most = Math.max(most, ++running);
    const first = userOf(look());
    // A random wait, so that answers overtake each other.
    if (delay > 0) await wait(Math.random() * delay);
    const deadline = Date.now() + PATIENCE_MS;
    while (most < wanted && Date.now() < deadline) await wait(5);
    const sighting = look();
    running--;
    const second = userOf(sighting);
    const entries = Object.entries(sighting.readable);
    observations.push({
      ...second,
      seen: Object.fromEntries(entries.map(([way, value]) => [way, headerEntries(value)])),
      body,
      isSteady: isDeepStrictEqual(first, second),
    });
    return JSON.stringify({ ...second, observation: observations.length - 1 });
  }
}

/** Copies decision and identity as JSON would: what is undefined is not there, a missing identity is null. */
function userOf({ decision, identity }: Sighting): { decision: unknown; identity: unknown } {
  return JSON.parse(JSON.stringify({ decision, identity: identity ?? null }));
}
