import {
  type AdapterOptions,
  type Authenticator,
  ConfigError,
  configIssue,
  createSlot,
  type Decision,
  factsFromFetch,
  type RequestFacts,
  type RequestShape,
  type RequestState,
  type ResolvedAdapterOptions,
} from '@trusted-header/core';
import type { Context } from 'hono';
import { getRuntimeKey } from 'hono/adapter';

/** Reads the facts of a request where the application knows better than the adapter. */
export type FactsReader = (c: Context) => RequestFacts;

/** What the runtime's own request behind a context came to. */
export interface SeenRequest {
  readonly facts: RequestFacts;
  readonly decision: Decision;
  readonly shape: RequestShape;
  /** What is known of the runtime's request: observers have not heard of the decision yet. */
  readonly state: RequestState;
  /** Stripped. */
  readonly incoming: object;
}

/** What the adapter can do with the runtime's own request behind a context. */
export interface RuntimeBridge {
  resolveOptions<Request, OnRefusal>(
    options: AdapterOptions<Request, OnRefusal>,
  ): ResolvedAdapterOptions<Request, OnRefusal>;
  /** Decides and strips that request; gives undefined where there is none. */
  decide(c: Context, authenticator: Authenticator): SeenRequest | undefined;
  /** Strips it, and gives it. */
  strip(c: Context, authenticator: Authenticator): object | undefined;
}

/** Facts already read, by context: the headers are stripped after the first time. */
const known = createSlot<RequestFacts>();

/** Reads the facts of a request once. Where nobody tells the source address, there is none: it is in no header. */
export function factsOf(c: Context, readFacts: FactsReader | undefined): RequestFacts {
  const facts = known.get(c) ?? readFacts?.(c) ?? factsFromFetch(c.req.raw.headers, undefined);
  known.set(c, facts);
  return facts;
}

/** Refuses, at start, a runtime whose connections the adapter cannot see. */
export function checkFactsReader(readFacts: unknown): void {
  if (typeof readFacts === 'function') return;
  if (readFacts !== undefined) throw factsError(readFacts, 'is not a function');
  const runtime = getRuntimeKey();
  if (runtime !== 'node') {
    throw factsError(
      undefined,
      `is needed on ${runtime}: the adapter sees connections on Node only`,
    );
  }
}

function factsError(value: unknown, problem: string): ConfigError {
  const instead =
    'write (c) => factsFromFetch(c.req.raw.headers, peer), with the TCP source address of the connection';
  return new ConfigError('option-invalid', [configIssue('facts', value, problem, instead)]);
}
