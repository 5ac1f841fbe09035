import {
  type AnyAuthenticator,
  ConfigError,
  configIssue,
  type LiveLists,
  setupOf,
  type TrustedProxies,
} from '@trusted-header/core';
import { liveWatchOf } from './live-watch.js';
import type { TrustListStatus } from './trust-list-event.js';
import { checkWatchOptions, type WatchOptions } from './watch-options.js';

/** A watch that goes on until it is closed, or its authenticator is gone. */
export interface TrustedProxiesWatch extends Disposable {
  /** Resolves when each source has been read once, or could not be, after ten seconds at the latest. Never rejects. */
  readonly ready: Promise<void>;
  /** How the sources are now: those of the list, and those that were added. */
  states(): readonly TrustListStatus[];
  /** Stops. Unless somebody else watches the authenticator, its sources name nobody from then on. */
  close(): void;
}

/**
 * Looks up what an authenticator's list only names: `dns:traefik`, `file:/etc/app/trusted-proxies`, `https://host/path` (L1). Adapters for
 * Node call it by themselves; call it for options, to wait, or to add sources.
 *
 * Before the first answer, and once a source has failed for too long (a name 5 minutes, a list on the web 24 hours), nobody is believed
 * for it. No request waits for a source.
 *
 * @param sources More of them, beside those that the list names.
 * @param options Those of the last call that has `dns` or `https` hold for all sources of the authenticator.
 * @throws {ConfigError} `option-invalid`, `trusted-proxy-invalid`.
 *
 * @example
 * ```ts
 * import { createAuthenticator } from '@trusted-header/core';
 * import { watchTrustedProxies } from '@trusted-header/node';
 *
 * const authenticator = createAuthenticator({ trustedProxies: 'dns:traefik' });
 * const watch = watchTrustedProxies(authenticator);
 * await watch.ready;
 * console.log(watch.states()); // [{ source: 'dns:traefik', state: 'fresh', entries: ['172.20.0.2'] }]
 * ```
 */
export function watchTrustedProxies(
  authenticator: AnyAuthenticator,
  sources?: TrustedProxies,
  options: WatchOptions = {},
): TrustedProxiesWatch {
  const setup = setupOf(authenticator);
  if (!setup) {
    throw new ConfigError('option-invalid', [
      configIssue(
        'authenticator',
        authenticator,
        'is no authenticator',
        'write createAuthenticator({ … })',
      ),
    ]);
  }
  checkWatchOptions(options);
  const isGiven = sources !== undefined && sources.length > 0;
  const exclude = isGiven ? setup.live.include(sources) : undefined;
  const watch = liveWatchOf(setup);
  const release = watch.hold(options);
  const close = () => {
    forgotten.unregister(close);
    exclude?.();
    release();
  };
  forgotten.register(setup.live, close, close);
  return { ready: watch.ready(), states: watch.states, close, [Symbol.dispose]: close };
}

/**
 * An authenticator, and what stands round it (`withProof`), have the lists; a watch has not: what nobody can ask any more is looked up
 * for nobody.
 */
const forgotten = new FinalizationRegistry<() => void>((close) => close());

const started = new WeakSet<LiveLists>();

/** The same, for adapters: once for each authenticator. */
export function watchForAdapter(authenticator: AnyAuthenticator): void {
  const live = setupOf(authenticator)?.live;
  if (!live || started.has(live)) return;
  started.add(live);
  watchTrustedProxies(authenticator);
}
