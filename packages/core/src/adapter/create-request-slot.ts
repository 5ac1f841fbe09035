import { createSlot, type Slot } from './create-slot.js';

/** A slot for requests. */
export interface RequestSlot<T> extends Slot<T> {
  /** Gives the value of a request also where a `Proxy` of it, what inherits from it or a copy is asked: for what handlers read. */
  seenThrough(view: object): T | undefined;
}

/** Whose value it is: a copy of a request has the same stream state. */
interface Kept<T> {
  readonly holder: object;
  value: T;
}

/**
 * Makes a slot whose values are kept beside a request of Node's, and not on it: on the state that its stream has for itself.
 *
 * Express changes the prototype of each request. From then on, V8 makes a new hidden class of it for every property that is added, and
 * no inline cache knows what is read afterwards: some 4 µs a request. On anything that has no such state, the value is on the holder itself.
 *
 * A value is its holder's and nobody else's, as in {@link createSlot}.
 */
/* @__NO_SIDE_EFFECTS__ */ export function createRequestSlot<T>(): RequestSlot<T> {
  const beside = createSlot<Kept<T>>();
  const own = createSlot<T>();

  function keptBeside(holder: object): Kept<T> | undefined {
    const state = streamStateOf(holder);
    return state && beside.get(state);
  }

  return {
    get(holder) {
      const kept = keptBeside(holder);
      return kept?.holder === holder ? kept.value : own.get(holder);
    },
    set(holder, value) {
      const state = streamStateOf(holder);
      const kept = state && beside.get(state);
      if (state && !kept) beside.set(state, { holder, value });
      else if (kept?.holder === holder) kept.value = value;
      else own.set(holder, value);
    },
    seenThrough(view) {
      return keptBeside(view)?.value ?? own.get(view);
    },
  };
}

/** What Node keeps about a stream, as long as there is the stream. */
function streamStateOf(holder: object): object | undefined {
  const { _readableState: state }: { readonly _readableState?: unknown } = holder;
  return typeof state === 'object' && state !== null ? state : undefined;
}
