import { isAbsolute } from 'node:path';
import { ConfigError, type ConfigIssue, configIssue, isObject } from '@trusted-header/core';

/** How to ask Tailscale, and whom to let be somebody. */
export interface TailscaleWhoisOptions {
  /** Path of tailscaled's socket. Default `/var/run/tailscale/tailscaled.sock`; on macOS `/var/run/tailscaled.socket`. */
  readonly socket?: string;
  /**
   * A tagged node has no user: default `'refuse'`. A function may give one a name (`['tag:ci']` → `'ci'`); where it gives none, the
   * node is refused. Choose a name that no user's login can be.
   */
  readonly tagged?: 'refuse' | ((tags: readonly string[]) => string | undefined);
  /**
   * A node of another tailnet with whose user this machine is shared: default `'refuse'`. With `'accept'` its user is a user of
   * yours, by a login name that another tailnet's identity provider has given out.
   */
  readonly shared?: 'refuse' | 'accept';
  /** How long an answer may take, in milliseconds; default 2 000, at most 30 000. */
  readonly timeoutMs?: number;
  /**
   * How long an answer about an address counts, in milliseconds; default 5 000, at most 60 000, 0 asks each time. So long a user who
   * was removed goes on. Answers about ports (userspace networking) are not kept.
   */
  readonly memoMs?: number;
}

/** The same, whole. */
export type WhoisSettings = Required<TailscaleWhoisOptions>;

/**
 * Checks the options and fills in what is not written. A name that nobody reads is an error.
 *
 * @throws {ConfigError} `option-invalid`, with every fault at once.
 */
export function checkWhoisOptions(options: TailscaleWhoisOptions): WhoisSettings {
  if (!isObject(options) || Array.isArray(options)) {
    throw new ConfigError('option-invalid', [
      configIssue('options', options, 'is no options object', 'write tailscaleWhois()'),
    ]);
  }
  const {
    socket = defaultSocket(),
    tagged = 'refuse',
    shared = 'refuse',
    timeoutMs = 2000,
    memoMs = 5000,
  } = options;
  const settings = { socket, tagged, shared, timeoutMs, memoMs } satisfies WhoisSettings;
  const issues = [...unknownNames(options, Object.keys(settings)), ...faultsOf(settings)];
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  return settings;
}

function faultsOf({ socket, tagged, shared, timeoutMs, memoMs }: WhoisSettings): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  if (typeof socket !== 'string' || !isAbsolute(socket)) {
    issues.push(
      configIssue(
        'socket',
        socket,
        'is no absolute path',
        `write for example '${defaultSocket()}'`,
      ),
    );
  }
  if (tagged !== 'refuse' && typeof tagged !== 'function') {
    issues.push(
      configIssue('tagged', tagged, 'is not a choice', "write 'refuse' or (tags) => user"),
    );
  }
  if (shared !== 'refuse' && shared !== 'accept') {
    issues.push(configIssue('shared', shared, 'is not a choice', "write 'refuse' or 'accept'"));
  }
  if (!isBetween(timeoutMs, 1, 30_000)) {
    issues.push(configIssue('timeoutMs', timeoutMs, 'is no time', 'write 1 to 30000 milliseconds'));
  }
  if (!isBetween(memoMs, 0, 60_000)) {
    issues.push(configIssue('memoMs', memoMs, 'is no time', 'write 0 to 60000 milliseconds'));
  }
  return issues;
}

function unknownNames(options: object, known: readonly string[]): ConfigIssue[] {
  return Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => configIssue(name, name, 'is not a setting', `write one of ${known.join(', ')}`));
}

function isBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function defaultSocket(): string {
  return process.platform === 'darwin'
    ? '/var/run/tailscaled.socket'
    : '/var/run/tailscale/tailscaled.sock';
}
