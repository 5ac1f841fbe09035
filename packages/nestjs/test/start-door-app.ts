import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** An application in a process of its own. */
export interface DoorApp {
  readonly port: number;
  /** Of another server with the same handler. */
  readonly second: number;
  /** Of a gateway. */
  readonly ownPort: number;
  /** Who has read an identity header, and whose sockets were opened, since the last time. */
  report(): Promise<{ readonly read: readonly string[]; readonly connected: readonly string[] }>;
  stop(): void;
}

/** Starts `door-app.mjs`, or a copy of it beside another version of Nest. */
export async function startDoorApp(
  args: readonly string[],
  program = new URL('./door-app.mjs', import.meta.url).pathname,
): Promise<DoorApp> {
  // As in production: the marks of a test run would make clients in the process strangers.
  const { NODE_ENV: _, NODE_TEST_CONTEXT: __, JEST_WORKER_ID: ___, ...env } = process.env;
  const child: ChildProcess = fork(program, args, { env, execArgv: [] });
  const [ports] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the application ended with ${code}`);
    }),
  ]);
  // A test that fails does not get to stop it, and must not hold up the others: it ends with this process.
  child.unref();
  child.channel?.unref();
  return {
    ...ports,
    async report() {
      child.send('report');
      const [report] = await once(child, 'message');
      return report;
    },
    stop: () => child.kill(),
  };
}
