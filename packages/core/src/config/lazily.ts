/**
 * Puts off making something until it is asked for, and keeps it: what an application's start would pay for, and most requests never
 * need. A regular expression with Unicode properties takes half a millisecond, of which most is spent when its literal is read: see
 * `scripts/bundle.mjs`.
 */
/* @__NO_SIDE_EFFECTS__ */ export function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
