import { type Judgement, unknown } from './verdict.js';

/**
 * Keeps what was called safe because it did not get to the application, until something gets there again.
 *
 * A ban, a session that has ended and a server that has gone stop everything, and that is no sign of a proxy which deletes anything.
 */
export function stopsOf<Spot>() {
  const stops = new Map<Spot, number[]>();
  return {
    /** The receiver's report has a decision; what was stopped before it was stopped for what it was. */
    note(spot: Spot, { verdict, decision }: Judgement, index: number): void {
      if (decision) stops.delete(spot);
      else if (verdict === 'safe') stops.set(spot, [...(stops.get(spot) ?? []), index]);
    },
    spots: (): readonly Spot[] => [...stops.keys()],
    at: (spot: Spot): readonly number[] => stops.get(spot) ?? [],
    doubted: (says: string): Judgement =>
      unknown(`${says}; but then a plain request did not reach the application any more either`),
  };
}
