import type { Server } from 'node:net';
import {
  type AdapterOptions,
  type AnonymousMode,
  ConfigError,
  checkOptionsObject,
  compileAdmission,
  configIssue,
  isAuthenticator,
} from '@trusted-header/core';
import type { OnServerRefusal } from './answer-refusal.js';
import { guardSiblings } from './guard-siblings.js';
import { isServer } from './is-server.js';
import type { NodeRequest } from './node-request.js';
import { openProbe } from './probe-receiver.js';
import { resolveNodeOptions } from './resolve-node-options.js';
import { createServerFront, type FrontPlan, type ServerHandler } from './server-front.js';
import { standInFront } from './stand-in-front.js';

/** What {@link guardServer} can be told beside the options of every adapter. */
export interface ServerGuardOptions {
  /**
   * The application, where it asks by itself who may do what (it has `trustedHeader`, and public pages): requests of nobody
   * go to it, and to no other listener of the server. Without it they are answered with 401, unless `anonymous` is `allow`.
   */
  readonly handler?: ServerHandler;
  /** Whether nobody may open a WebSocket (or use CONNECT), about which no handler asks. Default: as `anonymous`. */
  readonly anonymousSockets?: AnonymousMode;
}

/**
 * Decides everything that a server hands over, before anybody else sees it (A6): requests and upgrades, HTTP/1 and HTTP/2,
 * whoever listens: socket.io, `ws`, a logger that is mounted before the adapter. Identity headers are stripped, claims
 * that are not believed are answered with 403. The same holds for every other server of the process with the same handler.
 *
 * Adapters behind it come to the same decision, if they have the same authenticator. Call it before the server listens.
 *
 * @param server Of `node:http`, `node:https` or `node:http2`.
 * @param options Like every adapter's, with {@link ServerGuardOptions}; or a ready authenticator.
 * @throws {ConfigError} Like `createAuthenticator`; `option-invalid`.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createAuthenticator } from '@trusted-header/core';
 * import { guardServer } from '@trusted-header/node';
 *
 * const authenticator = createAuthenticator({ trustedProxies: '172.20.0.2' });
 * const server = createServer((_, res) => res.end('for somebody'));
 * guardServer(server, authenticator);
 * server.listen(3000);
 * ```
 */
export function guardServer(
  server: Server,
  options: AdapterOptions<NodeRequest, OnServerRefusal> & ServerGuardOptions,
): void {
  checkOptionsObject(options);
  const { handler, anonymousSockets, ...rest } = isAuthenticator(options)
    ? { authenticator: options, handler: undefined, anonymousSockets: undefined }
    : { handler: undefined, anonymousSockets: undefined, ...options };
  checkOptions(server, handler, anonymousSockets);
  const resolved = resolveNodeOptions(rest, undefined, ['handler', 'anonymousSockets']);
  const { authenticator, onRefusal } = resolved;
  placeGuard(server, {
    authenticator,
    probe: openProbe(authenticator, 'node'),
    admit: compileAdmission(resolved),
    admitSockets: compileAdmission({
      ...resolved,
      ...(anonymousSockets && { anonymous: anonymousSockets }),
    }),
    ...(handler && { handler }),
    ...(onRefusal && { onRefusal }),
  });
}

/** {@link guardServer} for adapters, which know more of what is behind it. */
export function placeGuard(server: Server, plan: FrontPlan): void {
  const front = createServerFront(plan);
  standInFront(server, front);
  guardSiblings(server, plan.handler, front);
}

function checkOptions(server: unknown, handler: unknown, anonymousSockets: unknown): void {
  if (!isServer(server)) {
    throw issue('server', server, 'is no server', 'write the server of createServer() or listen()');
  }
  if (handler !== undefined && typeof handler !== 'function') {
    throw issue('handler', handler, 'is not a function', 'write what you gave to createServer()');
  }
  const isMode = anonymousSockets === 'refuse' || anonymousSockets === 'allow';
  if (anonymousSockets !== undefined && !isMode) {
    throw issue('anonymousSockets', anonymousSockets, 'is not a mode', "write 'refuse' or 'allow'");
  }
}

function issue(...fault: Parameters<typeof configIssue>): ConfigError {
  return new ConfigError('option-invalid', [configIssue(...fault)]);
}
