/** A place on objects for a value of one kind, which nobody else sees. */
export interface Slot<T> {
  get(holder: object): T | undefined;
  set(holder: object, value: T): void;
}

/**
 * Makes a slot: a private field on objects that are not ours. It is not listed, copied or printed with them, and costs what
 * a property costs. A `WeakMap` from a request to its facts takes some 4 µs of processor time a request, a property that
 * is defined as hidden 2 µs.
 */
/* @__NO_SIDE_EFFECTS__ */ export function createSlot<T>(): Slot<T> {
  return class Stamped extends Given {
    #value: T;

    private constructor(holder: object, value: T) {
      super(holder);
      this.#value = value;
    }

    static get(holder: object): T | undefined {
      return #value in holder ? holder.#value : undefined;
    }

    static set(holder: object, value: T): void {
      if (#value in holder) holder.#value = value;
      else new Stamped(holder, value);
    }
  };
}

/** What extends it puts its fields on the object that it was given. */
class Given {
  constructor(holder: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is how a class gets at an object that is not its own.
    return holder;
  }
}
