import type { AnonymousMode, Decision, Refusal } from '@trusted-header/core';
import type { NodeRequest } from '@trusted-header/node';
import type { Answering, OnRefusal } from './answer-refusal.js';
import type { Arrival } from './arrival.js';
import type { Settings } from './settings.js';

/** What all copies of this package in one process share: bundlers make several. */
export interface Registry {
  /** Requests that are being answered, by the id that they carry: decided, or about to be. */
  readonly decisions: Map<string, DecidedRequest | PendingRequest>;
  /** Requests that came before `registerTrustedHeader` was called. */
  readonly early: Map<NodeRequest, Arrival>;
  /** What Next is about to fetch for `/_next/image`, and until when that may be. */
  readonly imageFetches: Map<string, number>;
  /** Undefined until `registerTrustedHeader` is called. */
  settings: Settings | undefined;
  /** Tells whether a target names a file of the build. Here, since `proxy.ts` may be made for the Edge runtime. */
  readonly isBuildFile: (target: string) => Promise<boolean>;
  /** Stops watching requests. For tests, which share a process with others. */
  stop: () => void;
}

/**
 * A request about which a proof is being asked for: nothing is known of it, and it is nobody. Once that is settled, there is a
 * {@link DecidedRequest} in its place, or nothing.
 */
export interface PendingRequest {
  /** Never rejects. */
  readonly pending: Promise<void>;
}

/** What is known of a request while it is being answered. */
export interface DecidedRequest {
  readonly decision: Decision;
  /** Where the decision is kept, for observers. */
  readonly holder: object;
  /** Its target is `open`. */
  readonly isOpen: boolean;
  /** What the registered `anonymous` makes of it. */
  readonly mode: AnonymousMode;
  /** What stood in the request line, untouched. */
  readonly target: string | undefined;
  /** The same of a GET or HEAD. Undefined for other methods and for upgrades. */
  readonly fileTarget: string | undefined;
  /** Answers an upgrade and closes its connection. Undefined for other requests, which Next answers. */
  readonly reject: ((refusal: Refusal) => void) | undefined;
  /** Tells where people sign in who come as nobody (P6). */
  readonly portal?: Answering['portal'];
  /** Nobody may have it, too: `proxy.ts` has let it through whoever asks. */
  isForAll?: boolean;
  /** How the application answers refusals: kept by `proxy.ts` for what asks behind it. */
  onRefusal?: OnRefusal | undefined;
}

const KEY = Symbol.for('@trusted-header/nextjs');

/** Gives the registry of this process, if something has been registered in it. */
export function findRegistry(): Registry | undefined {
  return Reflect.get(globalThis, KEY);
}

/** Makes the registry of this process. */
export function createRegistry({ isBuildFile }: Pick<Registry, 'isBuildFile'>): Registry {
  const registry: Registry = {
    decisions: new Map(),
    early: new Map(),
    imageFetches: new Map(),
    settings: undefined,
    isBuildFile,
    stop: () => undefined,
  };
  // Not enumerable and not to be replaced: whoever holds it decides who everybody is.
  Object.defineProperty(globalThis, KEY, { value: registry });
  return registry;
}
