import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { realpathSync } from 'node:fs';

/** What test runners put into the environment of the processes that they start: node --test, Jest, Vitest, mocha's workers. */
const MARKS = ['NODE_TEST_CONTEXT', 'JEST_WORKER_ID', 'VITEST', 'MOCHA_WORKER_ID'];

/** Runners that put nothing there, and are the program of the process themselves. */
const PROGRAM = /[\\/]node_modules[\\/](mocha|jasmine|ava)[\\/]/;

/** What of a process tells who has started it: `node:process` itself, as a rule. */
interface Started {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
}

/**
 * Tells whether a test runner has started this process: by the runner's own mark, or because the runner is its program.
 * `NODE_ENV` says nothing: there are deployments called "test".
 */
export function isTestRun({ env, argv: [, program = ''] }: Started): boolean {
  return MARKS.some((mark) => env[mark] !== undefined) || PROGRAM.test(realPath(program));
}

/** Past the links in `node_modules/.bin`. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Makes a function that tells whether it is called on behalf of a request that this process is answering. */
export function watchHandling(): () => boolean {
  const handling = new AsyncLocalStorage<true>();
  subscribe('http.server.request.start', () => handling.enterWith(true));
  return () => handling.getStore() === true;
}
