import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '@trusted-header/app-ui/testing';
import { demoError } from './demo-error.js';

const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;

/** Waits until a server answers, whatever it answers. Throws when it takes too long. */
export async function waitUntilReady(
  name: string,
  url: string,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!signal.aborted) {
    try {
      await send(url, { patienceMs: Math.max(1, deadline - Date.now()) });
      return;
    } catch (error) {
      if (Date.now() >= deadline) {
        throw demoError(`${name} did not answer on ${url} within ${patienceMs / 1000} s: ${error}`);
      }
    }
    await sleep(PAUSE_MS);
  }
}
