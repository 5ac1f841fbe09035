/** Gives a copy of an object with what it says itself, and nothing to inherit: settings are read by their names. */
export function ownCopy<Holder extends object>(holder: Holder): Holder {
  return Object.assign(Object.create(null), holder);
}

/** Gives what an object itself says: a polluted Object.prototype must not add to it. */
export function ownValue<Holder extends object, Key extends keyof Holder>(
  holder: Holder,
  key: Key,
): Holder[Key] | undefined {
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}
