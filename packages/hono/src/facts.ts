import {
  type AdapterOptions,
  type AnyAuthenticator,
  ConfigError,
  configIssue,
  createSlot,
  type Decision,
  factsFromFetch,
  type RequestFacts,
  type RequestShape,
  type RequestState,
  type ResolvedAdapterOptions,
  type Slot,
  sharedState,
} from '@trusted-header/core';
import type { ProbeAnswer, ProbeArrival, ProbeWindow } from '@trusted-header/core/probe';
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
  /** Gives its facts; undefined where there is none. */
  readSeen(c: Context): RequestFacts | undefined;
  /** Tells whether its client has hung up. */
  hasLeft(c: Context): boolean;
  /** Decides and strips that request; gives undefined where there is none. */
  decide(c: Context, authenticator: AnyAuthenticator): SeenRequest | undefined;
  /** Strips it, and gives it. */
  strip(c: Context, authenticator: AnyAuthenticator): object | undefined;
  /** Gives what tells which headers are to be stripped of the Fetch request. */
  isStripped(authenticator: AnyAuthenticator): (name: string) => boolean;
  /** Gives where a test in this process says that a request comes from. */
  testSourceOf(request: Request): Omit<RequestFacts, 'rawHeaders'> | undefined;
  /** Opens the probe's receiver, where there is to be one. */
  openProbe(authenticator: AnyAuthenticator): ProbeWindow | undefined;
  /** Reads the runtime's own request to its end; gives undefined where there is none. */
  readTrailers(c: Context): Promise<Omit<ProbeArrival, 'adapter'> | undefined>;
  /** Answers an upgrade on its connection, and gives true once that is over; false for any other request. */
  endsUpgrade(c: Context, answer: ProbeAnswer): Promise<boolean>;
}

/** Facts already read, by context: the headers are stripped after the first time. */
const known = sharedState<Slot<RequestFacts>>('facts of hono', createSlot);

/** Reads the facts of a request once. Where nobody tells the source address, there is none: it is in no header. */
export function factsOf(
  c: Context,
  readFacts: FactsReader | undefined,
  bridge: RuntimeBridge,
): RequestFacts {
  const facts = known.get(c) ?? readNew(c, readFacts, bridge);
  known.set(c, facts);
  return facts;
}

function readNew(
  c: Context,
  readFacts: FactsReader | undefined,
  bridge: RuntimeBridge,
): RequestFacts {
  const told = bridge.testSourceOf(c.req.raw);
  const read = () => factsFromFetch(c.req.raw.headers, undefined);
  // A test has one header for each line: with a server of Node's, they are counted.
  if (told) return { ...read(), ...told, joined: readFacts !== undefined };
  return readFacts?.(c) ?? read();
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
