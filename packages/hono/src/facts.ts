import {
  ConfigError,
  type ConfigIssue,
  factsFromFetch,
  type RequestFacts,
} from '@trusted-header/core';
import type { Context } from 'hono';
import { getRuntimeKey } from 'hono/adapter';

/** Reads the facts of a request where the application knows better than the adapter. */
export type FactsReader = (c: Context) => RequestFacts;

/** What the adapter can do with the runtime's own request behind a context. */
export interface RuntimeBridge {
  /** Gives undefined where there is no such request. */
  readFacts(c: Context): RequestFacts | undefined;
  /** Gives the stripped request. */
  strip(c: Context, isIdentityHeader: (name: string) => boolean): object | undefined;
}

/** Facts already read, by context: the headers are stripped after the first time. */
const known = new WeakMap<Context, RequestFacts>();

/** Reads the facts of a request once. Where nobody tells the source address, there is none: it is in no header. */
export function factsOf(
  c: Context,
  readFacts: FactsReader | undefined,
  bridge: RuntimeBridge,
): RequestFacts {
  // The bridge keeps what it has read by itself.
  const fromBridge = readFacts ? undefined : bridge.readFacts(c);
  if (fromBridge) return fromBridge;
  const facts = known.get(c) ?? readFacts?.(c) ?? factsFromFetch(c.req.raw.headers, undefined);
  known.set(c, facts);
  return facts;
}

/** Refuses, at start, a runtime whose connections the adapter cannot see. */
export function checkFactsReader(readFacts: unknown): void {
  if (typeof readFacts === 'function') return;
  if (readFacts !== undefined) throw factsError(String(readFacts), 'is not a function');
  const runtime = getRuntimeKey();
  if (runtime !== 'node') {
    throw factsError(
      'undefined',
      `is needed on ${runtime}: the adapter sees connections on Node only`,
    );
  }
}

function factsError(value: string, problem: string): ConfigError {
  const issue: ConfigIssue = {
    option: 'facts',
    value,
    problem,
    instead:
      'write (c) => factsFromFetch(c.req.raw.headers, peer), with the TCP source address of the connection',
  };
  return new ConfigError('option-invalid', [issue]);
}
