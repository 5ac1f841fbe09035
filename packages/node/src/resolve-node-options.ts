import {
  type AdapterOptions,
  type Authenticator,
  type ResolvedAdapterOptions,
  resolveAdapterOptions,
  setupOf,
} from '@trusted-header/core';
import { unseenConnections } from './own-connections-notice.js';

/**
 * Turns what an adapter for Node was given into an authenticator and the mode for anonymous requests, and tells the operator,
 * once, where connections of one's own cannot be seen though loopback is trusted (T8).
 *
 * @throws {ConfigError} Like `resolveAdapterOptions`.
 */
export function resolveNodeOptions<Request = never, Answerer = never>(
  options: AdapterOptions<Request, Answerer>,
): ResolvedAdapterOptions<Request, Answerer> {
  const resolved = resolveAdapterOptions(options);
  noticeUnseen(resolved.authenticator);
  return resolved;
}

let isNoticed = false;

function noticeUnseen(authenticator: Authenticator): void {
  const setup = setupOf(authenticator);
  if (isNoticed || !setup || !LOOPBACK.some((peer) => setup.trusts(peer))) return;
  const unseen = unseenConnections();
  if (unseen === undefined) return;
  isNoticed = true;
  setup.notify(unseen);
}

/** From where a process reaches itself in the usual way. */
const LOOPBACK = ['127.0.0.1', '::1'];
