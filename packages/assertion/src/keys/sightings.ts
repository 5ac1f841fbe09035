const MOST = 1_024;

/**
 * Counts how often each key id that nobody knows has been asked for, in bounded memory.
 *
 * There is one fetch in 30 seconds for all of them. A key that a provider has really begun to use is asked for again and again, ids that
 * somebody makes up once each: so the one that was asked for most is fetched, and not the one that comes first.
 */
export interface Sightings {
  add(kid: string): void;
  /** The one that was asked for most, the earliest of equals. */
  most(): string | undefined;
  drop(kid: string): void;
}

export function createSightings(): Sightings {
  const counts = new Map<string, number>();

  return { add, most, drop };

  function add(kid: string): void {
    const count = counts.get(kid);
    if (count === undefined && counts.size >= MOST) makeRoom();
    counts.set(kid, (count ?? 0) + 1);
  }

  /** Forgets the oldest of those that were asked for least. */
  function makeRoom(): void {
    let least: string | undefined;
    for (const [kid, count] of counts) {
      if (least === undefined || count < (counts.get(least) ?? 0)) least = kid;
      if (count === 1) break;
    }
    if (least !== undefined) counts.delete(least);
  }

  function most(): string | undefined {
    let best: string | undefined;
    for (const [kid, count] of counts) {
      if (best === undefined || count > (counts.get(best) ?? 0)) best = kid;
    }
    return best;
  }

  function drop(kid: string): void {
    counts.delete(kid);
  }
}
