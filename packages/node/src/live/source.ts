/** A list that somebody else keeps, and how it is read. */
export interface Source {
  /** As the list of trusted proxies names it: `dns:traefik`. */
  readonly name: string;
  /**
   * Reads it once. Rejects with an error whose message tells the operator what is the matter; a read that is aborted may stay
   * unsettled.
   */
  read(signal: AbortSignal): Promise<Reading>;
  /** Calls back when there may be something new, until the function that it gives is called. */
  observe?(changed: () => void): () => void;
  readonly timing: Timing;
  /** What the operator should know about how long something is believed: for the line about the start and about what went. */
  readonly window: string;
  /** Somebody edits it by hand, and wants to be told of each fault. */
  readonly isEdited: boolean;
}

/** What a source names. */
export interface Reading {
  /** The very list of the reading before says that nothing has changed. */
  readonly entries: readonly string[];
  /** When it is to be read again. */
  readonly nextMs: number;
  /** Why there are none, where there are none: that is an answer, too. */
  readonly none?: string;
}

/** How long a source is waited for, believed and left alone. */
export interface Timing {
  /** A read that takes longer has failed. */
  readonly timeoutMs: number;
  /** What was read last is believed so long without another answer; then its entries go. */
  readonly keepMs: number;
  /** After a failure: the first wait. Each further one is twice as long, up to `mostRetryMs`. */
  readonly retryMs: number;
  readonly mostRetryMs: number;
  /** Reads are so far apart at least, whoever asks. */
  readonly leastMs: number;
}
