import { Logger } from '@nestjs/common';
import {
  type AdapterOptions,
  type AnonymousMode,
  ConfigError,
  checkOptionsObject,
  configIssue,
  isAuthenticator,
  type ResolvedAdapterOptions,
} from '@trusted-header/core';
import { refusalHandler } from '@trusted-header/login';
import {
  type NodeRequest,
  type OnServerRefusal,
  openProbe,
  type ProbeReceiver,
  resolveNodeOptions,
} from '@trusted-header/node';
import { toPortal } from './on-refusal.js';

/** What the module takes: the options of every adapter, with `anonymous` about Node's request, and what only Nest has. */
export type TrustedHeaderModuleOptions = AdapterOptions<NodeRequest, OnServerRefusal> & {
  /** Whether a WebSocket may be opened without an identity. Default: as `anonymous`. */
  readonly anonymousSockets?: AnonymousMode;
};

/** What the parts of the module work with. */
export interface Settings extends ResolvedAdapterOptions<NodeRequest, OnServerRefusal> {
  readonly anonymousSockets?: AnonymousMode;
  /** Answers the probe's requests, which Nest does not get to see. */
  readonly probe: ProbeReceiver | undefined;
}

/** The token of {@link Settings}. */
export const SETTINGS = Symbol.for('@trusted-header/nestjs settings');

/** The token of the guard that is asked before anybody is signed in. */
export const FIRST_GUARD = Symbol.for('@trusted-header/nestjs first guard');

const OWN = ['anonymousSockets', 'global'];

/** @throws {ConfigError} Like `createAuthenticator`. */
export function resolveSettings(options: TrustedHeaderModuleOptions): Settings {
  if (isAuthenticator(options)) return resolveSettings({ authenticator: options });
  checkOptionsObject(options);
  const { anonymousSockets, ...rest } = { anonymousSockets: undefined, ...options };
  const logger = new Logger('TrustedHeader');
  const given = resolveNodeOptions(rest, (line) => logger.warn(line), OWN);
  const onRefusal = refusalHandler(given, toPortal);
  const probe = openProbe(given.authenticator, 'nestjs');
  const resolved = { ...given, ...(onRefusal && { onRefusal }), probe };
  if (anonymousSockets === undefined) return resolved;
  if (anonymousSockets !== 'refuse' && anonymousSockets !== 'allow') {
    throw new ConfigError('option-invalid', [
      configIssue(
        'anonymousSockets',
        anonymousSockets,
        'is not a mode',
        "write 'refuse' or 'allow'",
      ),
    ]);
  }
  return { ...resolved, anonymousSockets };
}
