import { createSlot } from '@trusted-header/node';

/** Requests that a handler was found for, and the guard asked about. */
const guarded = createSlot<true>();

/** Keeps that the guard was asked. */
export function keepGuarded(request: object): void {
  guarded.set(request, true);
}

/** Tells whether the guard was asked. */
export function wasGuarded(request: object): boolean {
  return guarded.get(request) === true;
}
