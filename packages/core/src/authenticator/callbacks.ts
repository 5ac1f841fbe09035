import { quietly } from './quietly.js';

/** Who wants to be called back. */
export interface Callbacks {
  /** Adds somebody, until the function that it gives is called. */
  subscribe(callback: () => void): () => void;
  /** Calls all of them. One that fails harms nobody. */
  call(): void;
}

/** Makes an empty list of those who want to be called back. */
export function createCallbacks(): Callbacks {
  const callbacks = new Set<() => void>();
  return {
    subscribe(callback) {
      // One that subscribes twice is called twice, and each time once more until it says otherwise.
      const own = () => callback();
      callbacks.add(own);
      return () => {
        callbacks.delete(own);
      };
    },
    call() {
      for (const callback of callbacks) quietly(callback);
    },
  };
}
