import type { RequestSession } from '../src/index.js';

/** What a browser and a store hold between requests: an id, our part, the application's data, and the hold. */
export interface Stored {
  id: number;
  binding?: unknown;
  data?: string;
  hold?: unknown;
}

export type SessionStep = 'read' | 'start' | 'end' | 'readHold' | 'hold';

/** A session as a library has it: everything goes through JSON, and each step can fail. */
export function createMemorySession(stored: Stored, failing: () => SessionStep | undefined) {
  const calls: string[] = [];
  const step = async (name: SessionStep): Promise<void> => {
    calls.push(name);
    await Promise.resolve();
    if (failing() === name) throw new Error(`${name} failed`);
  };
  const session: Required<RequestSession> = {
    async read() {
      await step('read');
      return stored.binding;
    },
    async start(binding) {
      await step('start');
      stored.id++;
      delete stored.data;
      stored.binding = JSON.parse(JSON.stringify(binding));
    },
    async end() {
      await step('end');
      stored.id++;
      delete stored.data;
      delete stored.binding;
    },
    async readHold() {
      await step('readHold');
      return stored.hold;
    },
    async hold(hold) {
      await step('hold');
      if (hold === undefined) delete stored.hold;
      else stored.hold = JSON.parse(JSON.stringify(hold));
    },
  };
  return { session, calls };
}
