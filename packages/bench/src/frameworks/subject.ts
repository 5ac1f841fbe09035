import type { FrameworkRow } from '../results.js';

/** A server to ask, and a clock of the processor time that its process has spent. */
export interface Subject {
  readonly framework: string;
  readonly variant: FrameworkRow['variant'];
  readonly port: number;
  /** How many requests make a round. */
  readonly requests: number;
  /** Microseconds. */
  cpu(): Promise<number>;
  close(): void;
}
