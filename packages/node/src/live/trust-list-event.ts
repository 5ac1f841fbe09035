/**
 * How a source is: `fresh`: read, and believed; `stale`: the last read failed, and what was read before is still believed;
 * `failed`: it names nobody, and nobody is believed for it.
 */
export type TrustListState = 'fresh' | 'stale' | 'failed';

/** What a source names now. */
export interface TrustListStatus {
  /** In its one spelling: `dns:traefik`. */
  readonly source: string;
  readonly state: TrustListState;
  /** Who is believed for it. */
  readonly entries: readonly string[];
  /** Why it is not fresh. */
  readonly because?: string;
}

/** What has changed about a source. */
export interface TrustListEvent extends TrustListStatus {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}
