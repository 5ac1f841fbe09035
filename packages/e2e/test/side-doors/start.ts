import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** An application in a process of its own: for one that calls itself, everybody on this machine is `peer-self`. */
export interface Running {
  readonly port: number;
  /** Gives the identity headers, or parts of them, that anybody there has seen so far. */
  leaked(): Promise<unknown>;
  stop(): void;
}

/** Starts a program of this folder as in production: without the marks of a test runner. */
export async function start(program: string, ...args: readonly string[]): Promise<Running> {
  const { NODE_ENV, JEST_WORKER_ID, ...env } = process.env;
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = fork(file, args, { env, execArgv: [] });
  const answer = async (): Promise<unknown> => (await once(child, 'message'))[0];
  const port = Number(await answer());
  return {
    port,
    leaked() {
      child.send('what have you seen?');
      return answer();
    },
    stop: () => child.kill(),
  };
}
