import { type AdapterOptions, resolveAdapterOptions } from '@trusted-header/core';
import { type NodeRequest, publishDecisions, watchForAdapter } from '@trusted-header/node';
import { decideOnArrival } from './decide-on-arrival.js';
import { compileSettings } from './settings.js';
import { watchRequests } from './watch-requests.js';

/**
 * Tells who is asking, for every request of this process, from the TCP connection and the raw header lines: before Next
 * sees it, and with the identity headers gone. Call it in `register()` of `instrumentation.ts`.
 *
 * Called again, the new options replace the old ones; on a `ConfigError` the old ones stay. Does nothing while
 * `next build` runs, which needs no trusted proxies.
 *
 * @param options Core's options, `anonymous: 'allow'` to let requests without any claim through, or a ready
 *   authenticator.
 * @throws {ConfigError} At start, naming every bad entry.
 *
 * @example
 * ```ts
 * // instrumentation.ts
 * import { registerTrustedHeader } from '@trusted-header/nextjs';
 *
 * export function register() {
 *   registerTrustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES });
 * }
 * ```
 */
export function registerTrustedHeader(options: AdapterOptions<NodeRequest>): void {
  if (process.env.NEXT_PHASE === 'phase-production-build') return;
  if ('bun' in process.versions) throw new Error(NOT_ON_BUN);
  const resolved = resolveAdapterOptions(options);
  const settings = compileSettings(resolved);
  watchForAdapter(resolved.authenticator);
  publishDecisions();
  const registry = watchRequests();
  registry.settings = settings;
  for (const [request, arrival] of registry.early) {
    registry.early.delete(request);
    decideOnArrival(registry, settings, arrival);
  }
}

const NOT_ON_BUN =
  'trusted-header: Bun does not tell of requests as they arrive (http.server.request.start): run Next with Node';
