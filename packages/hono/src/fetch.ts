import { ConfigError, configIssue, resolveAdapterOptions, setupOf } from '@trusted-header/core';
import { isProbeHeader, openProbeWindow, PROBE_VARIABLE } from '@trusted-header/core/probe';
import { createTrustedHeader } from './create-trusted-header.js';
import type { RuntimeBridge } from './facts.js';

export type { OnRefusal } from './answer-refusal.js';
export type { TrustedHeaderOptions } from './create-trusted-header.js';
export type { FactsReader } from './facts.js';
export { honoSession } from './hono-session.js';
export { honoSessions } from './hono-sessions.js';
export { requireIdentity } from './require-identity.js';
export { requireRole } from './require-role.js';
export { requireUser } from './require-user.js';
export type { SignInOptions } from './sign-in.js';
export { signIn } from './sign-in.js';
export { signInAgain, signOut } from './sign-out.js';
export type { TrustedHeaderVariables } from './variables.js';

/** Runtimes without Node's modules have no request of their own behind the Fetch one. */
const fetchBridge: RuntimeBridge = {
  resolveOptions(options) {
    const resolved = resolveAdapterOptions(options, ['facts']);
    refuseLive(setupOf(resolved.authenticator)?.live.sources() ?? []);
    return resolved;
  },
  readSeen: () => undefined,
  // Streams are cancelled there, which handlers hear of.
  hasLeft: () => false,
  decide: () => undefined,
  strip: () => undefined,
  isStripped:
    ({ isIdentityHeader }) =>
    (name) =>
      isIdentityHeader(name) || isProbeHeader(name),
  testSourceOf: () => undefined,
  openProbe: (authenticator) =>
    openProbeWindow(readVariable(PROBE_VARIABLE), {
      notify: (line) => setupOf(authenticator)?.notify(line),
    }),
  readTrailers: async () => undefined,
  endsUpgrade: async () => false,
};

/** Some of these runtimes have an environment, under Node's name, and some have none. */
function readVariable(name: string): string | undefined {
  const process: unknown = Reflect.get(globalThis, 'process');
  const env: unknown = typeof process === 'object' && process && Reflect.get(process, 'env');
  const value: unknown = typeof env === 'object' && env && Reflect.get(env, name);
  return typeof value === 'string' ? value : undefined;
}

/** Nobody looks a list up here: it would stand for nobody for ever. */
function refuseLive(sources: readonly string[]): void {
  if (sources.length === 0) return;
  const instead =
    'write addresses, or read the list as your platform can, and call setTrustedProxies of an authenticator that you make';
  throw new ConfigError('option-invalid', [
    configIssue('trustedProxies', sources, 'can be looked up on Node, Bun and Deno only', instead),
  ]);
}

/** The same as in `index.ts`, for runtimes that cannot load Node's modules: needs `facts`. */
export const trustedHeader = createTrustedHeader(fetchBridge);
