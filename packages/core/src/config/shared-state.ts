/**
 * Gives what all copies of this package in a process share (A8): bundlers, and an application that loads one package as
 * ES module and another as CommonJS, make several, and each has its own module state.
 *
 * @param name What is kept; the registered symbol is `@trusted-header/core <name>`.
 */
/* @__NO_SIDE_EFFECTS__ */ export function sharedState<T extends object>(
  name: string,
  make: () => T,
): T {
  const key = Symbol.for(`@trusted-header/core ${name}`);
  const earlier: T | undefined = Reflect.get(globalThis, key);
  if (earlier) return earlier;
  const made = make();
  // Neither listed nor to be replaced: whoever holds it decides who everybody is.
  Object.defineProperty(globalThis, key, { value: made });
  return made;
}
