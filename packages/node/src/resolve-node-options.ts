import {
  type AdapterOptions,
  type AnyAuthenticator,
  type AuthenticatorOptions,
  isAuthenticator,
  type ResolvedAdapterOptions,
  resolveAdapterOptions,
  setupOf,
} from '@trusted-header/core';
import { expectCertificates } from './certificate-of.js';
import { checkCertificates, checkRuntime } from './check-runtime.js';
import { publishDecisions } from './decision-channel.js';
import { watchForAdapter } from './live/watch-trusted-proxies.js';
import { unseenConnections } from './own-connections-notice.js';

/**
 * Turns what an adapter for Node was given into an authenticator and the mode for anonymous requests, has the sources watched that its
 * list names, has its decisions told on the diagnostics channel, and tells the operator, once, where connections of one's own cannot be
 * seen though loopback is trusted (T8). Refuses runtimes whose servers do not tell what Node's do.
 *
 * @param frameworkLog Where lines go unless the options say (D3): the framework's own logger, if it has one. A ready
 *   authenticator keeps the log that it was made with.
 * @param own As for `resolveAdapterOptions`.
 * @throws {ConfigError} Like `resolveAdapterOptions`.
 */
export function resolveNodeOptions<Request = never, OnRefusal = never>(
  options: AdapterOptions<Request, OnRefusal>,
  frameworkLog?: AuthenticatorOptions<Request>['log'],
  own: readonly string[] = [],
): ResolvedAdapterOptions<Request, OnRefusal> {
  checkRuntime();
  const resolved = resolveWithNotice(withLog(options, frameworkLog), own);
  checkCertificates(resolved.authenticator);
  return resolved;
}

/** The same for an adapter that can be told the facts, on whatever runtime. */
export function resolveWithNotice<Request = never, OnRefusal = never>(
  options: AdapterOptions<Request, OnRefusal>,
  own: readonly string[] = [],
): ResolvedAdapterOptions<Request, OnRefusal> {
  const resolved = resolveAdapterOptions(options, own);
  if (setupOf(resolved.authenticator)?.readsCertificate) expectCertificates();
  noticeUnseen(resolved.authenticator);
  watchForAdapter(resolved.authenticator);
  publishDecisions();
  return resolved;
}

function withLog<Request, OnRefusal>(
  options: AdapterOptions<Request, OnRefusal>,
  log: AuthenticatorOptions<Request>['log'],
): AdapterOptions<Request, OnRefusal> {
  const isPlain = Object(options) === options && !isAuthenticator(options);
  if (!isPlain || !log || 'authenticator' in options || options.log !== undefined) return options;
  return { ...options, log };
}

let isNoticed = false;

function noticeUnseen(authenticator: AnyAuthenticator): void {
  const setup = setupOf(authenticator);
  if (isNoticed || !setup || !LOOPBACK.some((peer) => setup.trusts(peer))) return;
  const unseen = unseenConnections();
  if (unseen === undefined) return;
  isNoticed = true;
  setup.notify(unseen);
}

/** From where a process reaches itself in the usual way. */
const LOOPBACK = ['127.0.0.1', '::1'];
