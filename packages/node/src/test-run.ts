import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

/** What test runners put into the environment of the processes that they start: node --test, Jest, Vitest. */
const MARKS = ['NODE_TEST_CONTEXT', 'JEST_WORKER_ID', 'VITEST'];

/**
 * Tells whether a test runner has started this process, by the runner's own mark. `NODE_ENV` says nothing: there are
 * deployments called "test".
 */
export function isTestRun(env: Readonly<Record<string, string | undefined>>): boolean {
  return MARKS.some((mark) => env[mark] !== undefined);
}

/** Makes a function that tells whether it is called on behalf of a request that this process is answering. */
export function watchHandling(): () => boolean {
  const handling = new AsyncLocalStorage<true>();
  subscribe('http.server.request.start', () => handling.enterWith(true));
  return () => handling.getStore() === true;
}
