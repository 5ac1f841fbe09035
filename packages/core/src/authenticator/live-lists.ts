import type { TrustedProxies } from '../trust/trusted-proxies.js';

/** How whoever looks sources up (`watchTrustedProxies`) tells an authenticator what they name (L1). */
export interface LiveLists {
  /** The sources that the list names now, and those that were included, each in its one spelling: `dns:traefik`. */
  sources(): readonly string[];
  /**
   * Adds sources to those of the list, until the function that it gives is called.
   *
   * @throws {ConfigError} `trusted-proxy-invalid`, also for an entry that is no source.
   */
  include(sources: TrustedProxies): () => void;
  /**
   * Replaces what a source names: compiled first, strictly, within the source's maximum. Nothing happens for a source that is not
   * among {@link sources}.
   *
   * @param lack Why there is nothing, where there is nothing: completes a sentence that begins with the source's name.
   * @returns The entries, each in its one spelling.
   * @throws {ConfigError} `trusted-proxy-invalid`; what the source named before stays in force.
   */
  provide(source: string, entries: readonly string[], lack?: string): readonly string[];
  /** Calls back when {@link sources} are others than before, until the function that it gives is called. */
  onSources(listener: () => void): () => void;
  /** Calls back when a peer that is not trusted has claimed something, until the function that it gives is called. */
  onStranger(listener: () => void): () => void;
}
