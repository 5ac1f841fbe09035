import { type KeyEvent, keyLine } from '../keys/key-event.js';
import type { VerifierOptions } from './verifier-options.js';

/** Compiles `onKeys` and `log` into one listener. One that throws, or gives a promise that rejects, harms nobody (D5). */
export function compileTell(
  provider: string,
  { onKeys, log = (line) => console.warn(line) }: VerifierOptions,
): (event: KeyEvent) => void {
  return (event) => {
    if (onKeys) void quietly(() => onKeys(event));
    if (log !== false) void quietly(() => log(`trusted-header: ${keyLine(provider, event)}`));
  };
}

async function quietly(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch {
    // It failed.
  }
}
