import type { Decision, ResolvedAdapterOptions } from '@trusted-header/core';
import type { NodeRequest } from '@trusted-header/node';

/** What all copies of this package in one process share: bundlers make several. */
export interface Registry {
  /** Decisions about requests that are being answered, by the id that they carry. */
  readonly decisions: Map<string, Decision>;
  /** Requests that came before `registerTrustedHeader` was called, and how to learn that they are over. */
  readonly early: Map<NodeRequest, OnClose>;
  /** Undefined until `registerTrustedHeader` is called. */
  settings: ResolvedAdapterOptions | undefined;
  /** Stops watching requests. For tests, which share a process with others. */
  stop: () => void;
}

/** Calls back when a request has been answered, or its connection is gone. */
export type OnClose = (then: () => void) => void;

const KEY = Symbol.for('@trusted-header/nextjs');

/** Gives the registry of this process, if something has been registered in it. */
export function findRegistry(): Registry | undefined {
  return Reflect.get(globalThis, KEY);
}

/** Makes the registry of this process. */
export function createRegistry(): Registry {
  const registry: Registry = {
    decisions: new Map(),
    early: new Map(),
    settings: undefined,
    stop: () => undefined,
  };
  // Not enumerable and not to be replaced: whoever holds it decides who everybody is.
  Object.defineProperty(globalThis, KEY, { value: registry });
  return registry;
}
