/** Requests that a handler was found for, and the guard asked about. */
const guarded = new WeakSet<object>();

/** Keeps that the guard was asked. */
export function keepGuarded(request: object): void {
  guarded.add(request);
}

/** Tells whether the guard was asked. */
export function wasGuarded(request: object): boolean {
  return guarded.has(request);
}
