/** How much a run measures. */
export interface Settings {
  /** Processor time for one measurement, milliseconds. */
  readonly cpuMs: number;
  /** Everything is measured that often, in turn; the smallest counts. */
  readonly rounds: number;
  readonly prefixes: readonly number[];
  /** Rounds and requests of the frameworks. */
  readonly loadRounds: number;
  readonly loadRequests: number;
  /** Next.js among them: its builds take some ten seconds each. */
  readonly next: boolean;
  readonly imports: number;
}

export const FULL: Settings = {
  cpuMs: 100,
  rounds: 2,
  prefixes: [1, 10, 1_000, 100_000],
  // Many short rounds: one of them is left alone by what else the machine does.
  loadRounds: 61,
  loadRequests: 1_024,
  next: true,
  imports: 15,
};

/** For CI: shows that everything runs. */
export const QUICK: Settings = {
  cpuMs: 5,
  rounds: 1,
  prefixes: [1, 1_000],
  loadRounds: 2,
  loadRequests: 300,
  next: false,
  imports: 3,
};
