import { type KeyEvent, keyLine } from '../keys/key-event.js';
import type { VerifierOptions } from './verifier-options.js';

/** Where lines go unless `log` says so. */
export type Notify = (line: string) => void;

/** Compiles `onKeys` and `log` into one listener. One that throws, or gives a promise that rejects, harms nobody (D5). */
export function compileTell(
  provider: string,
  { onKeys, log }: VerifierOptions,
  notify: Notify = (line) => console.warn(`trusted-header: ${line}`),
): (event: KeyEvent) => void {
  return (event) => {
    if (onKeys) void quietly(() => onKeys(event));
    if (log === false) return;
    const line = keyLine(provider, event);
    void quietly(() => (log ? log(`trusted-header: ${line}`) : notify(line)));
  };
}

async function quietly(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch {
    // It failed.
  }
}
