/** Gives what an object itself says: a polluted Object.prototype must not add to it. */
export function ownValue<Holder extends object, Key extends keyof Holder>(
  holder: Holder,
  key: Key,
): Holder[Key] | undefined {
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}
