import { IncomingMessage } from 'node:http';
import { type Decision, type Identity, shownDecision } from '@trusted-header/core';

/**
 * Lets all requests of Express have `decision` and `identity`: what `showDecision` has noted of them, undefined where that is nothing.
 * A property that is put on a request of Express costs some 4 µs each.
 *
 * What is written to a request stands there, as it does without getters. Changes nothing of Node's own, and nothing that
 * somebody else has put there.
 *
 * @param request A request of Express, or what an application's requests inherit from (`app.request`).
 * @returns Whether they are there.
 */
export function addDecisionGetters(request: object): boolean {
  const prototype = sharedPrototype(request);
  if (!prototype) return false;
  return add(prototype, 'decision', readDecision) && add(prototype, 'identity', readIdentity);
}

function readDecision(this: object): Decision | undefined {
  return shownDecision(this);
}

function readIdentity(this: object): Identity | undefined {
  const decision = shownDecision(this);
  return decision?.kind === 'authenticated' ? decision.identity : undefined;
}

/** What the requests of all applications have in common, and Node's own ones have not: `express.request`. */
function sharedPrototype(request: object): object | undefined {
  let each: object | null = Object.getPrototypeOf(request);
  while (each) {
    const next: object | null = Object.getPrototypeOf(each);
    if (next === IncomingMessage.prototype) return each;
    each = next;
  }
  return undefined;
}

function add(prototype: object, name: string, read: (this: object) => unknown): boolean {
  if (name in prototype) return Object.getOwnPropertyDescriptor(prototype, name)?.get === read;
  const set = function (this: object, value: unknown): void {
    const own = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(this, name, own);
  };
  const accessors = { get: read, set, enumerable: true, configurable: true };
  return Reflect.defineProperty(prototype, name, accessors);
}
